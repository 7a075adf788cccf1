"""The screens of Control Room, each with its style sheet beside it."""

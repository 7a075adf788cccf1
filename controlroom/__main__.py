"""`python -m controlroom` does what `controlroom` does."""

from controlroom.cli import main

if __name__ == "__main__":
    main()

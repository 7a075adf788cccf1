"""What a seat's instruments show: frozen pictures without the world behind them.

A file an instrument: what it shows, and how that is read off the world. A widget gets the pictures
and nothing else. Each is compared by value, so a widget redraws only when its own has changed.
Money is in whole dollars here, time in steps and in written clock times, so that nothing on a
screen has to know the units of the simulation. Everything here reads; nothing in the world knows
that it is looked at.
"""

from controlroom.sim.views.alarms import AlarmView
from controlroom.sim.views.answers import LineView
from controlroom.sim.views.coach import CoachView
from controlroom.sim.views.feed import AlertsView, AlertView
from controlroom.sim.views.header import HeaderView
from controlroom.sim.views.money import AccountView, MoneyView, TapeView
from controlroom.sim.views.picture import View, view
from controlroom.sim.views.room import MessageView
from controlroom.sim.views.servers import ServerView
from controlroom.sim.views.week import EveningView, SiteView, WeekView
from controlroom.sim.views.work import WorkView

__all__ = [
    "AccountView",
    "AlarmView",
    "AlertView",
    "AlertsView",
    "CoachView",
    "EveningView",
    "HeaderView",
    "LineView",
    "MessageView",
    "MoneyView",
    "ServerView",
    "SiteView",
    "TapeView",
    "View",
    "WeekView",
    "WorkView",
    "view",
]

"""A class server: two replicas of the app behind nginx."""

from deploy.class_server import ClassServer, class_server

__all__ = ["ClassServer", "class_server"]

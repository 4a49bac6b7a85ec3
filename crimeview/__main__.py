"""The door: no arguments open the window, arguments go to the command line."""

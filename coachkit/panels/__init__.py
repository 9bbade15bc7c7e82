"""Panels: what a coach sees and clicks. A value → one call of the practice → what is shown anew.

Names load when they are first used, since ipywidgets costs more than all of coachkit.
"""

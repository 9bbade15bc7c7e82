"""Exports: a report, an agenda or a note → a file that other programs open.

Each module imports its library when it is called. Everything that comes from outside is written as
text: never as markup, formula, path or template.
"""

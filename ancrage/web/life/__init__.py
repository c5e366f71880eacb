"""What the pages share of rows that structures declare: lists, buttons, history, mails' links.

Each section keeps its addresses, its permissions, its sentences and its templates.
"""

"""Pure: how many there may be whom no list names: overlap tables, multiple-systems estimation (field notes:
docs/estimation.md).
"""

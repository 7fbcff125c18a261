"""Fitting of the weights by which readings decide, on our own sample reports. Not shipped: the tables it writes are."""

"""Behind the pages of accounts: how sessions begin, what stands at their gates, what typed text survives them."""

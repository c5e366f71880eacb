"""The directory of services as open data: what it holds, under which licence, its files."""

"""Read-only lists that ship with the product: places, occupations, industries, employment."""

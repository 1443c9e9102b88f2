"""What every feature stands on; knows neither Flask's views nor the domain."""

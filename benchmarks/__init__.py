"""Times that matter to whoever uses dsar, each beside a floor measured in the same run."""

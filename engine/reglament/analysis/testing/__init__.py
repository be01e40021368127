"""From a policy and its worked examples to how much these prove, and to examples still wanted."""

package gap

// Rank is the rule of order, exported for its own tests.
var Rank = rank

package gap

// Rank is the rule of order, for tests of the rule itself.
var Rank = rank

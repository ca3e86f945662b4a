package profile

// DueAfter is the rule for the day of a next review, for tests of the rule itself.
var DueAfter = dueAfter

package level

// Parse is parse, for tests of what Typed and files have in common.
var Parse = parse

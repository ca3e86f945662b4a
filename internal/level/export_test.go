package level

// Parse is the strict reading that Typed ends in.
var Parse = parse

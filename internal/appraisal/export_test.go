package appraisal

// Unsettled are the KSBs that a record lists as not settled.
var Unsettled = unsettled

// Words says whether it is planned.
func (x Planned) Words() string { return x.words() }

// Close closes a review with its hash, and gives its record.
var Close = withHash

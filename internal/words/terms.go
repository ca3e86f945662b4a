package words

// Terms that somebody who is new to an apprenticeship may not know, each in plain words, so that every place that
// explains one says the same.
const (
	KSB     = "a knowledge, skill or behaviour of your standard"
	Gateway = "when you, your employer and your provider agree that you are ready for the end-point assessment"
	OffJob  = "learning for the apprenticeship in your paid hours, away from your everyday work; your provider says what " +
		"counts"
)

// FirstTerms are the terms that somebody meets first, a line for each.
func FirstTerms() []string { return []string{"KSB: " + KSB + ".", "Gateway: " + Gateway + "."} }

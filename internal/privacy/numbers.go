package privacy

import (
	"slices"
	"strings"
)

// digitGroups reads digits from token i on that are grouped in a certain way: 3, 3, 4 reads "943 476 5919". Groups may
// be separated by spaces, or by a hyphen or full stop without spaces. It returns the digits and the index of the last
// token, and false if the tokens differ or the number goes on at either end.
func (s *scanner) digitGroups(i int, groups ...int) (all string, last int, ok bool) {
	if s.insideNumber(i) {
		return "", 0, false
	}
	for n, size := range groups {
		t := s.at(i)
		if !t.digits || len(t.text) != size || t.afterBreak && n > 0 {
			return "", 0, false
		}
		all += t.text
		last = i
		i++
		if n < len(groups)-1 && s.tight(i, "-–‑.") {
			i++
		}
	}
	return all, last, !s.numberGoesOn(last)
}

// tight reports whether token i is one of some punctuation marks, with no space on either side.
func (s *scanner) tight(i int, marks string) bool {
	return s.at(i).oneOf(marks) && !s.at(i).afterSpace && !s.at(i+1).afterSpace
}

func (s *scanner) hyphen(i int) bool { return s.tight(i, "-–‑") }

// insideNumber reports whether token i only continues a number: 345 in 12.345, 45 in 3/45 and 7-45.
func (s *scanner) insideNumber(i int) bool {
	return s.tight(i-1, inNumbers) && countDigits(s.at(i-2).text) > 0
}

// numberGoesOn reports whether a number goes on after token i: 45 in 45.6, 45/7 and 45-7.
func (s *scanner) numberGoesOn(i int) bool {
	return s.tight(i+1, inNumbers) && countDigits(s.at(i+2).text) > 0
}

const inNumbers = "./-–‑,_" // the marks that may join two parts of a number

// Labels: words that say what the number after them identifies.
const (
	nhsLabels set = " nhs nhsno "
	chiLabels set = " chi "
	hcLabels  set = " h&c hcn hc "
	// A number that a hospital gives a patient.
	patientLabels set = " mrn mrns hospital hosp patient patients pt pts casenote casenotes pas epr medical district " +
		"rxr crn urn k-number pid accession "
	// The same, but only together with the word "number" or one like it.
	caseLabels set = " unit case lab laboratory specimen sample episode admission record records notes note request " +
		"barcode wristband referral pathway a&e ed theatre booking x-ray radiology ris xray pat "
	// A number of a thing, a document or a firm.
	thingLabels set = " serial sn s/n lot lots batch asset assets model ref reference references order orders po " +
		"part parts cat catalogue invoice version firmware software gtin udi isbn issn doi job ticket incident datix " +
		"purchase quote probe meter analyser pump pumps kit reagent calibrator certificate cert gmdn policy sop " +
		"document doc ukas hcpc registration reg pin tag plate engineering inventory product item code codes udi-di " +
		"licence license warranty contract fridge freezer expiry exp qc iqc eqa neqas qa uan ref. fsn mda alarm " +
		"account cost centre budget employee payroll assignment ulin uln learner candidate student pmid orcid grant " +
		"ethics iras trial isrctn nct dicom ip barcode-reader logger tracer cartridge helium cylinder regulator " +
		"bleep submission turnitin essay similarity "
	// Words that may come between a label and its number.
	fillerWords set = " number numbers no nos num nr id ids is was are were the a an of reads read as being label " +
		"labelled quoted given which that for this my her his their and on it ending starting begins called found " +
		"wrote down written with digits identifier # "
	numberWords set = " number numbers no nos num nr id ids identifier "
)

// label is what the words before a number say about it.
type label struct {
	kind    Kind // what the number is; "" if they do not say, or if it is the number of a thing
	thing   bool // it is the number of a thing, a document or a firm
	direct  bool // only filler words come between the label and the number
	counted bool // one of those is "number" or a word like it
}

// labelOf looks for the nearest label of a number among the seven words before it.
func (s *scanner) labelOf(i int) label {
	found := label{direct: true}
	seen := 0
	for j := i - 1; j >= 0 && seen < 7; j-- {
		t := s.at(j)
		if s.at(j+1).afterBreak || s.endsSentence(j) {
			break
		}
		switch t.text {
		case "#":
			found.counted = true
		case ",":
			found.direct = false
		}
		if !t.word || t.digits {
			continue // several numbers may follow one label
		}
		seen++
		before := s.at(j - 1)
		word := t.lower
		if before.oneOf("&/-") && !t.afterSpace {
			word = s.at(j-2).lower + before.text + word
		}
		switch {
		case nhsLabels.has(word):
			found.kind = kindNHS
			return found
		case chiLabels.has(word):
			found.kind = kindCHI
			return found
		case hcLabels.has(word), word == "care" && before.lower == "and" && s.at(j-2).lower == "health":
			found.kind = kindHC
			return found
		case birthWords.has(t.lower):
			found.direct = false
			return found
		case (thingLabels.has(word) || thingLabels.has(t.lower)) && (found.direct || seen <= 2) && !s.postCode(j):
			found.thing = true
			return found
		case patientLabels.has(word), patientLabels.has(t.lower), caseLabels.has(word) && found.counted,
			len(word) == 3 && trustCodes.has(strings.ToUpper(word)):
			found.kind = kindHospital
			return found
		case numberWords.has(word):
			found.counted = true
		case word == "for", !fillerWords.has(word) && len(word) != 1:
			found.direct = false
		}
	}
	return found
}

// postCode reports whether token j is the second word of "post code" or "p/code".
func (s *scanner) postCode(j int) bool {
	before := s.at(j - 1)
	return s.at(j).lower == "code" && (before.lower == "post" || before.text == "/" && s.at(j-2).lower == "p")
}

// tenDigits lists how people group the ten digits of a national number.
var tenDigits = [][]int{
	{3, 3, 4}, {10}, {6, 4}, {3, 4, 3}, {5, 5}, {2, 2, 2, 4}, {4, 3, 3}, {3, 2, 2, 3}, {2, 3, 5}, {2, 4, 4}, {4, 4, 2},
}

// national finds the three numbers of ten digits that have a check digit by modulus 11: NHS, CHI, and Health and Care.
// After such a label it takes a number with a wrong check digit too, since that is more likely a slip than another
// number.
func (s *scanner) national(i int) (Finding, bool) {
	if !s.at(i).digits {
		return Finding{}, false
	}
	for _, groups := range tenDigits {
		all, last, ok := s.digitGroups(i, groups...)
		if !ok {
			continue
		}
		said := s.labelOf(i)
		if len(groups) == 3 && (!said.direct || sharedLabels.any(s.wordsBefore(i, 1))) {
			said.thing = false // people seldom write serial numbers in three groups
		}
		labelled := said.kind == kindNHS || said.kind == kindCHI || said.kind == kindHC
		usual := len(groups) == 1 || len(groups) == 3 && groups[2] == 4 || groups[0] == 6
		switch {
		case said.thing:
			return Finding{}, false
		case labelled && (said.direct || said.counted || modulus11(all)):
			return s.finding(said.kind, i, last), true
		case !usual || !modulus11(all) || madeUp(all):
			continue
		case groups[0] == 6 && !birthFirst(all):
			continue
		case s.measured(last):
			continue
		}
		return s.finding(byRange(all), i, last), true
	}
	return Finding{}, false
}

const sharedLabels set = " ref reference request referral " // labels both of things and of patients

// measured reports whether the number that ends at a token is an amount: a unit or a thing counted comes next.
func (s *scanner) measured(last int) bool {
	t := s.at(last + 1)
	return t.text == "%" || t.text == "°" || unitWords.has(t.lower)
}

const unitWords set = " hz khz mhz ghz ml mg kg mm cm ms mv uv db kpa ohm ohms counts cells reads events bytes volts " +
	"pounds samples microseconds nanoseconds rpm cpm bq mbq gbq kbq pa mmhg bpm "

// modulus11 reports whether the last of ten digits is the right check digit: multiply the first nine by 10 down to 2,
// add them up, and the check digit is what is missing to the next multiple of 11. Numbers for which that is 10 are
// never issued. (NHS Data Dictionary, NHS NUMBER.)
func modulus11(all string) bool {
	sum := 0
	for i := range 9 {
		sum += int(all[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check < 10 && check == int(all[9]-'0')
}

// madeUp reports whether ten digits are all the same, or count up or down. Nobody has such a number, even if its check
// digit is right.
func madeUp(all string) bool {
	return strings.Count(all, all[:1]) == len(all) || all == "9876543210" || all == "1234567890" || all == "0123456789"
}

// birthFirst reports whether ten digits begin with the day and month of a birth, as a CHI number does.
func birthFirst(all string) bool {
	day, month := twoDigits(all[:2]), twoDigits(all[2:4])
	return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

func twoDigits(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// byRange tells the three national numbers apart by their first nine digits. England and Wales use 400 to 799 million
// (and 999 million for tests), Northern Ireland 320 to 399 million; in Scotland they begin with a date of birth, up to
// 3112.
func byRange(all string) Kind {
	switch {
	case all[0] == '3' && all[1] >= '2':
		return kindHC
	case all[0] <= '3' && birthFirst(all):
		return kindCHI
	}
	return kindNHS
}

// hospital finds a number that a hospital gave a patient or a sample: one that follows such a label, or that begins
// with the code of an NHS trust. It may be in several parts and have letters in it, such as "A 123-456".
func (s *scanner) hospital(i int) (Finding, bool) {
	t := s.at(i)
	prefix := len(t.text) <= 2 && t.capitals() && (s.at(i+1).digits || s.hyphen(i+1) && s.at(i+2).digits)
	within := s.at(i-1).digits && !t.afterBreak // a number before it goes on here
	if countDigits(t.text) == 0 && !prefix || within || s.insideNumber(i) {
		return Finding{}, false
	}
	said := s.labelOf(i)
	if !said.thing && s.trustCode(i) {
		last := i
		if countDigits(t.text) < 5 {
			last = i + 1 // the code is a token of its own
		}
		return s.finding(kindHospital, i, last), true
	}
	if said.kind != kindHospital || !said.direct {
		return Finding{}, false
	}
	last, digits := i, countDigits(t.text)
	for digits < 12 {
		next := last + 1
		joined := s.tight(next, "-–‑/.")
		if joined {
			next++
		}
		part := s.at(next)
		if countDigits(part.text) == 0 || !codeLike(part.text) || part.afterBreak ||
			!joined && part.afterSpace && (!part.digits || len(part.text) < 2) {
			break
		}
		digits += countDigits(part.text)
		last = next
	}
	number := s.text[t.start:s.at(last).end]
	_, isPhone := s.phone(i)
	isDate, _ := s.date(i)
	tooShort := digits < 4 || digits == 4 && (!said.counted || isYear(number))
	if isPhone || isDate > 0 || tooShort || repeated(number) || !codeLike(t.text) || s.measured(last) ||
		qualityWords.any(s.wordsBefore(i, 8)) {
		return Finding{}, false
	}
	return s.finding(kindHospital, i, last), true
}

// repeated reports whether a number is one digit again and again, as people use for tests.
func repeated(t string) bool { return countDigits(t) == len(t) && strings.Count(t, t[:1]) == len(t) }

// qualityWords tell of quality control, whose samples have numbers but no patients.
const qualityWords set = " qc iqc eqa neqas control controls calibrator calibrators blank spiked standard "

// codeLike reports whether a token may be part of a hospital's number: digits with at most one letter, or three
// capitals.
func codeLike(t string) bool {
	others := len(t) - countDigits(t)
	return others <= 1 || others <= 3 && t == strings.ToUpper(t)
}

func countDigits(t string) (n int) {
	for i := range len(t) {
		if t[i] >= '0' && t[i] <= '9' {
			n++
		}
	}
	return n
}

func isYear(t string) bool {
	return len(t) == 4 && countDigits(t) == 4 && (t[:2] == "19" || t[:2] == "20")
}

// trustCode reports whether token i is a number that begins with the code of an NHS trust, such as RXR1234567, or such
// a code with the number in the next token.
func (s *scanner) trustCode(i int) bool {
	t := s.at(i)
	if len(t.text) < 3 || t.text[0] != 'R' || t.text[1] < 'A' || t.text[1] > 'Z' || s.insideNumber(i) {
		return false
	}
	if code := t.text[:3]; code != strings.ToUpper(code) || !trustCodes.has(code) {
		return false
	}
	if len(t.text) == 3 {
		next := s.at(i + 1)
		return next.digits && !next.afterBreak && len(next.text) >= 6 && len(next.text) <= 8 && next.afterSpace
	}
	rest := t.text[3:]
	return len(rest) >= 6 && len(rest) <= 8 && countDigits(rest) == len(rest)
}

// trustCodes are the codes of NHS trusts, with which they begin patients' numbers (NHS Organisation Data Service).
const trustCodes set = " R0A RA2 RA4 RA7 RA9 RAE RAJ RAL RAN RAP RAS RAX RBD RBK RBL RBN RBQ RBS RBT RBZ RC9 RCB RCD " +
	"RCF RCU RCX RD1 RD8 RDE RDU RDZ REF REM REN REP RF4 RFF RFR RFS RGM RGN RGP RGR RGT RH5 RH8 RHM RHQ RHU RHW RJ1 " +
	"RJ2 RJ6 RJ7 RJC RJE RJL RJN RJR RJZ RK5 RK9 RKB RKE RL1 RL4 RLQ RLT RM1 RM3 RMC RMP RN3 RN5 RN7 RNA RNN RNQ RNS " +
	"RNZ RP4 RP5 RP6 RPA RPC RPY RQ3 RQM RQW RQX RR7 RR8 RRF RRJ RRK RRV RTD RTE RTF RTG RTH RTK RTP RTR RTX RVJ RVR " +
	"RVV RVW RVY RWA RWD RWE RWF RWG RWH RWJ RWP RWW RWY RX1 RXC RXF RXK RXL RXN RXP RXQ RXR RXW RYJ RYR "

// phone finds mobile and landline numbers in the United Kingdom, but no freephone or shared-cost numbers, which firms
// have.
func (s *scanner) phone(i int) (Finding, bool) {
	from, t := i, s.at(i)
	var all string // the digits after the country code or the leading 0
	switch {
	case t.text == "+" && s.at(i+1).digits && !s.at(i+1).afterSpace && strings.HasPrefix(s.at(i+1).text, "44"):
		i++
		all = s.at(i).text[2:]
	case t.text == "(" && s.at(i+1).digits && !s.at(i+1).afterSpace && s.at(i+2).text == ")" &&
		strings.HasPrefix(s.at(i+1).text, "0"):
		all = s.at(i + 1).text[1:]
		i += 2
	case t.digits && strings.HasPrefix(t.text, "0044") && !s.insideNumber(i):
		all = t.text[4:]
	case t.digits && t.text[0] == '0' && len(t.text) >= 3 && !s.insideNumber(i):
		all = t.text[1:]
	default:
		return Finding{}, false
	}
	last := i
	for len(all) < 10 {
		next := last + 1
		if s.at(next).text == "(" && s.at(next+1).text == "0" && s.at(next+2).text == ")" { // +44 (0)7700
			last = next + 2
			next = last + 1
		}
		if s.tight(next, "-–‑.") {
			next++
		}
		group := s.at(next)
		if !group.digits || group.afterBreak || len(group.text) < 2 {
			break
		}
		all += group.text
		last = next
	}
	if len(all) == 11 && all[0] == '0' { // +44 07700
		all = all[1:]
	}
	if s.labelOf(from).thing || s.numberGoesOn(last) || s.measured(last) || s.office(from, last) {
		return Finding{}, false
	}
	usual := len(all) == 10 && strings.IndexByte("127", all[0]) >= 0 // landlines begin with 01 or 02, mobiles with 07
	short := len(all) == 9 && all[0] == '1' && ringWords.any(s.wordsBefore(from, 6))
	return s.finding(kindPhone, from, last), usual || short
}

// office reports whether the words around a phone number or a postcode call it that of a place of work.
func (s *scanner) office(from, last int) bool {
	for _, w := range s.wordsBefore(from, 5) {
		if homeWords.has(w) {
			return false
		}
		if officeWords.has(w) {
			return true
		}
	}
	after := s.wordsAfter(last, 2)
	return s.at(last+1).text == "(" && officeWords.any(after) || len(after) > 0 && after[0] == "attn"
}

const (
	homeWords set = " patient patients pt her his their mum mum's dad nok wife husband daughter son carer neighbour " +
		"home mobile lives she he "
	officeWords set = " switchboard dept department desk reception fax helpdesk office company manufacturer " +
		"manufacturers manufacturer's supplier suppliers ward lab laboratory pharmacy engineer engineers service " +
		"depot warehouse stores university college trust site factory courier unit agency firm hotline helpline " +
		"bleep secretary secretaries team clinic theatre estates rep workshop distributor customer sales technical " +
		"support hub "
)

const ringWords set = " phone telephone tel mobile mob rang ring call called calling contact number home landline " +
	"text texted "

// email finds an e-mail address, but not that of an office.
func (s *scanner) email(i int) (Finding, bool) {
	if s.at(i).text != "@" {
		return Finding{}, false
	}
	part := func(t token) bool { return t.word || t.oneOf("._-+%") }
	from, to := i, i
	for from > 0 && !s.at(from).afterSpace && part(s.at(from-1)) {
		from--
	}
	for part(s.at(to+1)) && !s.at(to+1).afterSpace {
		to++
	}
	for to > i && !s.at(to).word {
		to--
	}
	for from < i && !s.at(from).word {
		from++
	}
	if from == i || to == i || !strings.Contains(s.text[s.at(i).end:s.at(to).end], ".") {
		return Finding{}, false
	}
	for j := from; j < i; j++ {
		if officeNames.has(s.at(j).lower) || officeName(s.at(j).lower) {
			return Finding{}, false
		}
	}
	f := s.finding(kindEmail, from, to)
	for f.Start > 0 && strings.IndexByte(localPart, s.text[f.Start-1]) >= 0 { // tokens do not reach over an underscore
		f.Start--
	}
	return f, true
}

// localPart has the characters that an address may have before its @.
const localPart = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-"

// officeName reports whether a word of an address has the name of an office within it, such as "ctservicedesk".
func officeName(word string) bool {
	parts := []string{
		"desk", "reception", "enquir", "support", "service", "office", "admin", "secretar", "clinic", "team",
	}
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(word, part) })
}

const officeNames set = " info enquiries enquiry support help helpdesk service services sales admin contact orders " +
	"noreply reply pals devices hello office reception team customer customercare feedback complaints safety aic " +
	"mhra technical techsupport quality training apprenticeships apprentices secretary secretaries audiology " +
	"physiology pathology cardiology laboratory lab library learning education media press events bookings " +
	"calibration newsletter webmaster postmaster group-mailbox "

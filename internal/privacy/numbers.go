package privacy

import (
	"slices"
	"strings"
)

// digits are the digits of tokens from i on that are grouped so: 3, 3, 4 is "943 476 5919". The groups are apart by one
// blank or joined by a hyphen. It gives the place of the last token, and false where the tokens are otherwise or the
// number goes on at either end.
func (s *scanner) digits(i int, groups ...int) (all string, last int, ok bool) {
	if s.joinedDigits(i) {
		return "", 0, false
	}
	for n, size := range groups {
		t := s.at(i)
		if !t.digits || len(t.text) != size || t.line && n > 0 {
			return "", 0, false
		}
		all, last = all+t.text, i
		i++
		if n < len(groups)-1 && (s.hyphen(i) || s.at(i).text == "." && !s.at(i).apart && !s.at(i+1).apart) {
			i++
		}
	}
	return all, last, !s.goesOn(last)
}

func (s *scanner) hyphen(i int) bool {
	t := s.at(i)
	return !t.apart && (t.text == "-" || t.text == "–" || t.text == "‑") && !s.at(i+1).apart
}

// joinedDigits says whether a number is the later part of something: 12.345, 3/45, 7-45.
func (s *scanner) joinedDigits(i int) bool {
	t, sign := s.at(i), s.at(i-1)
	if t.apart || sign.apart && sign.text != "-" {
		return false
	}
	return sign.among("./-–‑,_") && count(s.at(i-2).text) > 0 && !sign.apart
}

// goesOn says whether a number goes on after a token: 45.6, 45/7, 45-7.
func (s *scanner) goesOn(i int) bool {
	sign, next := s.at(i+1), s.at(i+2)
	return !sign.apart && !next.apart && count(next.text) > 0 && sign.among("./-–‑,_")
}

// Words that say what a number is of.
const (
	ofNHS set = " nhs nhsno "
	ofCHI set = " chi "
	ofHC  set = " h&c hcn hc "
	// A hospital's own number, of a patient.
	ofPatient set = " mrn mrns hospital hosp patient patients pt pts casenote casenotes pas epr medical district rxr " +
		"crn urn k-number pid accession "
	// A number that is the patient's where the word "number" or the like is beside it.
	ofCase set = " unit case lab laboratory specimen sample episode admission record records notes note request " +
		"barcode wristband referral pathway a&e ed theatre booking x-ray radiology ris xray pat "
	// A number of a thing, a paper or a trade.
	ofThing set = " serial sn s/n lot lots batch asset assets model ref reference references order orders po part " +
		"parts cat catalogue invoice version firmware software gtin udi isbn issn doi job ticket incident datix " +
		"purchase quote probe meter analyser pump pumps kit reagent calibrator certificate cert gmdn policy sop " +
		"document doc ukas hcpc registration reg pin tag plate engineering inventory product item code codes udi-di " +
		"licence license warranty contract fridge freezer expiry exp qc iqc eqa neqas qa uan ref. fsn mda alarm " +
		"account cost centre budget employee payroll assignment ulin uln learner candidate student pmid orcid grant " +
		"ethics iras trial isrctn nct dicom ip barcode-reader logger tracer cartridge helium cylinder regulator " +
		"bleep submission turnitin essay similarity "
	// Words that may stand between such a word and its number.
	ofNothing set = " number numbers no nos num nr id ids is was are were the a an of reads read as being label " +
		"labelled quoted given which that for this my her his their and on it ending starting begins called found " +
		"wrote down written with digits identifier # "
	ofNumber set = " number numbers no nos num nr id ids identifier "
)

// label is what the words before a number say that it is of: the nearest of them, at most six words away in its
// sentence. Plain says that it is in between beside nothing but "number" and the like, and counted that one of these is
// there.
func (s *scanner) label(i int) (what Kind, thing, plain, counted bool) {
	plain = true
	seen := 0
	for j := i - 1; j >= 0 && seen < 7; j-- {
		t := s.at(j)
		if s.at(j+1).line || s.ends(j) {
			break
		}
		switch t.text {
		case "#":
			counted = true
		case ",":
			plain = false
		}
		if !t.word || t.digits {
			continue // several numbers may follow one label
		}
		seen++
		word := t.low
		if s.at(j-1).text == "&" && !t.apart || s.at(j-1).text == "/" && !t.apart || s.at(j-1).text == "-" && !t.apart {
			word = s.at(j-2).low + s.at(j-1).text + word
		}
		switch {
		case ofNHS.has(word):
			return kindNHS, false, plain, counted
		case ofCHI.has(word):
			return kindCHI, false, plain, counted
		case ofHC.has(word), word == "care" && s.at(j-1).low == "and" && s.at(j-2).low == "health":
			return kindHC, false, plain, counted
		case ofBirth.has(t.low):
			return "", false, false, counted
		case (ofThing.has(word) || ofThing.has(t.low)) && (plain || seen <= 2) && !(t.low == "code" && s.ofPost(j)):
			return "", true, plain, counted
		case ofPatient.has(word), len(word) == 3 && trusts.has(strings.ToUpper(word)), ofCase.has(word) && counted,
			ofPatient.has(t.low):
			return kindHospital, false, plain, counted
		case ofNumber.has(word):
			counted = true
		case word == "for":
			plain = false
		case !ofNothing.has(word) && !(len(word) == 1):
			plain = false
		}
	}
	return "", false, plain, counted
}

// ofPost says whether the word code at j is of "post code" or "p/code".
func (s *scanner) ofPost(j int) bool {
	return s.at(j-1).low == "post" || s.at(j-1).text == "/" && s.at(j-2).low == "p"
}

// grouped are the ways in which people write ten digits.
var grouped = [][]int{
	{3, 3, 4}, {10}, {6, 4}, {3, 4, 3}, {5, 5}, {2, 2, 2, 4}, {4, 3, 3}, {3, 2, 2, 3}, {2, 3, 5}, {2, 4, 4}, {4, 4, 2},
}

// national finds the three numbers of ten digits that check by modulus 11: NHS, CHI, and Health and Care.
func (s *scanner) national(i int) (Finding, bool) {
	if !s.at(i).digits {
		return Finding{}, false
	}
	for _, groups := range grouped {
		all, last, ok := s.digits(i, groups...)
		if !ok {
			continue
		}
		what, thing, plain, counted := s.label(i)
		if thing && len(groups) == 3 && (!plain || softThings.any(s.left(i, 1))) {
			thing = false // serial numbers are seldom set in groups like these
		}
		labelled := what == kindNHS || what == kindCHI || what == kindHC
		usual := len(groups) == 1 || len(groups) == 3 && groups[2] == 4 || groups[0] == 6
		switch {
		case thing && !labelled:
			return Finding{}, false
		case labelled && (plain || counted || modulus11(all)):
			return s.found(what, i, last), true // a wrong check digit is more likely a slip than another number
		case !usual || !modulus11(all) || sameDigits(all):
			continue
		case groups[0] == 6 && !birthFirst(all):
			continue
		case s.measured(last):
			continue
		}
		return s.found(byRange(all), i, last), true
	}
	return Finding{}, false
}

const softThings set = " ref reference request referral " // labels that a patient's number has too

// measured says whether a unit or such a word follows a number.
func (s *scanner) measured(last int) bool {
	t := s.at(last + 1)
	return t.text == "%" || t.text == "°" || ofUnits.has(t.low)
}

const ofUnits set = " hz khz mhz ghz ml mg kg mm cm ms mv uv db kpa ohm ohms counts cells reads events bytes volts " +
	"pounds samples microseconds nanoseconds rpm cpm bq mbq gbq kbq pa mmhg bpm "

// modulus11 checks the last of ten digits: the first nine times 10 down to 2 are added up, and the check digit is what
// is missing to a multiple of 11. What would need a 10 was never issued. (NHS Data Dictionary, NHS NUMBER.)
func modulus11(all string) bool {
	sum := 0
	for i := range 9 {
		sum += int(all[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check < 10 && check == int(all[9]-'0')
}

// sameDigits says whether a number is the same digit ten times, or counts up or down: nobody has it, though it checks.
func sameDigits(all string) bool {
	return strings.Count(all, all[:1]) == len(all) || all == "9876543210" || all == "1234567890" || all == "0123456789"
}

// birthFirst says whether ten digits begin with a day of birth, as a CHI number does.
func birthFirst(all string) bool {
	day, month := two(all[:2]), two(all[2:4])
	return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// byRange tells the three numbers apart. In use are 400 to 799 million and 999 for tests in England and Wales, 320 to
// 399 million in Northern Ireland, and days of birth up to 3112 in Scotland, of nine digits before the check digit.
func byRange(all string) Kind {
	switch {
	case all[0] == '3' && all[1] >= '2':
		return kindHC
	case all[0] <= '3' && birthFirst(all):
		return kindCHI
	}
	return kindNHS
}

func (s *scanner) hospital(i int) (Finding, bool) {
	t := s.at(i)
	letter := len(t.text) <= 2 && t.capitals() && (s.at(i+1).digits || s.hyphen(i+1) && s.at(i+2).digits)
	within := s.at(i-1).digits && !t.line // a number before it goes on here
	if count(t.text) == 0 && !letter || within || s.joinedDigits(i) {
		return Finding{}, false
	}
	what, thing, plain, counted := s.label(i)
	if !thing && s.trustCode(i) {
		last := i
		if count(t.text) < 5 {
			last = i + 1
		}
		return s.found(kindHospital, i, last), true
	}
	if what != kindHospital || !plain || thing {
		return Finding{}, false
	}
	last, digits := i, count(t.text)
	for digits < 12 {
		next := last + 1
		if s.hyphen(next) || s.at(next).among("/.") && !s.at(next).apart && !s.at(next+1).apart {
			next++
		}
		more := s.at(next)
		if next == last+1 && more.apart && (!more.digits || len(more.text) < 2) || count(more.text) == 0 || more.line ||
			!more.word || !coded(more.text) {
			break
		}
		digits += count(more.text)
		last = next
	}
	whole := s.text[t.start:s.at(last).end]
	if _, rings := s.phone(i); rings || dummy(whole) {
		return Finding{}, false
	}
	few := digits < 5 && (digits < 4 || !counted || isYear(whole))
	date, _ := s.date(i)
	is := coded(t.text) && !few && !s.measured(last) && date == 0
	return s.found(kindHospital, i, last), is && !qualityWords.any(s.left(i, 8))
}

// dummy says whether a number is one of those that test systems use: one digit again and again.
func dummy(t string) bool { return count(t) == len(t) && strings.Count(t, t[:1]) == len(t) }

const qualityWords set = " qc iqc eqa neqas control controls calibrator calibrators blank spiked standard "

// coded says whether a token may be part of a number: digits, with at most three letters.
func coded(t string) bool {
	n := count(t)
	return n == len(t) || len(t)-n <= 3 && t == strings.ToUpper(t) || len(t)-n == 1
}

// count is how many digits are in a text.
func count(t string) (n int) {
	for i := range len(t) {
		if t[i] >= '0' && t[i] <= '9' {
			n++
		}
	}
	return n
}

func isYear(t string) bool { return len(t) == 4 && count(t) == 4 && (t[:2] == "19" || t[:2] == "20") }

// trustCode says whether a token is a number behind the code of an NHS trust, such as RXR1234567, or that code with the
// number after it.
func (s *scanner) trustCode(i int) bool {
	t := s.at(i)
	if len(t.text) < 3 || t.text[0] != 'R' || t.text[1] < 'A' || t.text[1] > 'Z' || s.joinedDigits(i) {
		return false
	}
	if code := t.text[:3]; code != strings.ToUpper(code) || !trusts.has(code) {
		return false
	}
	if len(t.text) == 3 {
		next := s.at(i + 1)
		return next.digits && !next.line && len(next.text) >= 6 && len(next.text) <= 8 && next.apart
	}
	rest := t.text[3:]
	return len(rest) >= 6 && len(rest) <= 8 && count(rest) == len(rest)
}

// trusts are codes of NHS trusts that their patients' numbers begin with (NHS Organisation Data Service).
const trusts set = " R0A RA2 RA4 RA7 RA9 RAE RAJ RAL RAN RAP RAS RAX RBD RBK RBL RBN RBQ RBS RBT RBZ RC9 RCB RCD RCF " +
	"RCU RCX RD1 RD8 RDE RDU RDZ REF REM REN REP RF4 RFF RFR RFS RGM RGN RGP RGR RGT RH5 RH8 RHM RHQ RHU RHW RJ1 RJ2 " +
	"RJ6 RJ7 RJC RJE RJL RJN RJR RJZ RK5 RK9 RKB RKE RL1 RL4 RLQ RLT RM1 RM3 RMC RMP RN3 RN5 RN7 RNA RNN RNQ RNS RNZ " +
	"RP4 RP5 RP6 RPA RPC RPY RQ3 RQM RQW RQX RR7 RR8 RRF RRJ RRK RRV RTD RTE RTF RTG RTH RTK RTP RTR RTX RVJ RVR RVV " +
	"RVW RVY RWA RWD RWE RWF RWG RWH RWJ RWP RWW RWY RX1 RXC RXF RXK RXL RXN RXP RXQ RXR RXW RYJ RYR "

// phone finds phone numbers of people: mobiles and landlines, and no free or shared numbers of firms.
func (s *scanner) phone(i int) (Finding, bool) {
	t, from := s.at(i), i
	var all string
	switch {
	case t.text == "+" && s.at(i+1).digits && !s.at(i+1).apart && strings.HasPrefix(s.at(i+1).text, "44"):
		i++
		all = s.at(i).text[2:]
	case t.text == "(" && s.at(i+1).digits && !s.at(i+1).apart && s.at(i+2).text == ")" &&
		strings.HasPrefix(s.at(i+1).text, "0"):
		all, i = s.at(i + 1).text[1:], i+2
	case t.digits && strings.HasPrefix(t.text, "0044") && !s.joinedDigits(i):
		all = t.text[4:]
	case t.digits && t.text[0] == '0' && len(t.text) >= 3 && !s.joinedDigits(i):
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
		if s.hyphen(next) || s.at(next).text == "." && !s.at(next).apart && !s.at(next+1).apart {
			next++
		}
		more := s.at(next)
		if !more.digits || more.line || len(more.text) < 2 {
			break
		}
		all, last = all+more.text, next
	}
	if len(all) == 11 && all[0] == '0' { // +44 07700
		all = all[1:]
	}
	_, thing, _, _ := s.label(from)
	mobile, landline := strings.HasPrefix(all, "7"), strings.HasPrefix(all, "1") || strings.HasPrefix(all, "2")
	switch {
	case thing, s.goesOn(last), s.measured(last), s.office(from, last):
		return Finding{}, false
	case len(all) == 10 && (mobile || landline),
		len(all) == 9 && strings.HasPrefix(all, "1") && ringWords.any(s.left(from, 6)):
		return s.found(kindPhone, from, last), true
	}
	return Finding{}, false
}

// office says whether the words beside a number or an address call it that of a place of work.
func (s *scanner) office(from, last int) bool {
	for _, w := range s.left(from, 5) {
		if homeWords.has(w) {
			return false
		}
		if officeWords.has(w) {
			return true
		}
	}
	after := s.right(last, 2)
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

// email finds an address, but not that of an office.
func (s *scanner) email(i int) (Finding, bool) {
	if s.at(i).text != "@" {
		return Finding{}, false
	}
	part := func(t token) bool { return t.word || t.among("._-+%") }
	from, to := i, i
	for from > 0 && !s.at(from).apart && part(s.at(from-1)) {
		from--
	}
	for part(s.at(to+1)) && !s.at(to+1).apart {
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
		if offices.has(s.at(j).low) || officeName(s.at(j).low) {
			return Finding{}, false
		}
	}
	f := s.found(kindEmail, from, to)
	for f.Start > 0 && strings.IndexByte(localSigns, s.text[f.Start-1]) >= 0 { // an underscore divides tokens
		f.Start--
	}
	return f, true
}

const localSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-"

// officeName says whether a part of an address names an office in one word with others.
func officeName(low string) bool {
	parts := []string{
		"desk", "reception", "enquir", "support", "service", "office", "admin", "secretar", "clinic", "team",
	}
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(low, part) })
}

const offices set = " info enquiries enquiry support help helpdesk service services sales admin contact orders " +
	"noreply reply pals devices hello office reception team customer customercare feedback complaints safety aic " +
	"mhra technical techsupport quality training apprenticeships apprentices secretary secretaries audiology " +
	"physiology pathology cardiology laboratory lab library learning education media press events bookings " +
	"calibration newsletter webmaster postmaster group-mailbox "

package privacy

import "strings"

const (
	titles set = " mr mrs miss ms mx mstr master madam lady sir rev reverend "
	// Roles of staff. Their names belong in a record: they taught, observed or signed something.
	staffRoles set = " surgeon surgeons consultant consultants mentor mentors supervisor supervisors tutor tutors " +
		"manager managers assessor assessors lecturer lecturers trainer trainers colleague colleagues leader teacher " +
		"instructor registrar boss physiologist audiologist scientist scientists engineer technologist technician " +
		"nurse sister matron radiographer doctor professor cardiologist anaesthetist radiologist neurologist " +
		"urologist ophthalmologist pathologist dietitian pharmacist optometrist orthoptist practitioner coordinator " +
		"co-ordinator director head deputy chief officer examiner appraiser coach preceptor educator secretary " +
		"receptionist rep representative witness verifier moderator supplier speaker chair author editor porter " +
		"superintendent worker physicist biochemist haematologist microbiologist siro guardian champion lead " +
		"chaplain band neighbour landlord headteacher vicar mp plumber driver actor "
	// What staff did, in front of "by Mrs Lindqvist".
	staffDeeds set = " taught observed supervised signed off led run delivered checked assessed witnessed reviewed " +
		"approved trained shown countersigned countersign coached mentored authored verified marked chaired " +
		"presented demonstrated overseen authorised authorized interviewed appraised examined organised arranged " +
		"hosted visit talk training email demo presentation call feedback "
	// What only staff do, after their name.
	staffVerbs set = " taught supervised trained assessed countersigned coached mentored appraised lectured chairs " +
		"runs teaches supervises operates operated chaired "
	// Words after which a name is a patient's.
	patientWords set = " patient patients pt pts called named surname forename client baby "
	// Relatives of a patient, whose names identify the patient too.
	relativeWords set = " wife husband son daughter mother father mum dad carer partner sister brother niece nephew " +
		"grandson granddaughter grandmother grandfather nok "
)

// titledName finds "Mrs Jones". It does not look for Dr, Prof., Sister and Nurse, which are titles of staff, and leaves
// out a Mr or Mrs whom the words around the name call staff.
func (s *scanner) titledName(i int) (Finding, bool) {
	const alsoWords set = " master miss madam lady sir rev reverend "
	t := s.at(i)
	switch {
	case !t.letters || len(t.lower) > 8 || !titles.has(t.lower):
		return Finding{}, false
	case t.text == t.lower && alsoWords.has(t.lower):
		return Finding{}, false // "to master", "to miss"
	case t.lower == "ms" && t.text != "Ms":
		return Finding{}, false // milliseconds, multiple sclerosis, a mass spectrometer
	}
	j := s.pastStop(i + 1)
	last := s.nameFrom(j, t)
	if last < 0 || famousNames.has(s.at(last).lower) || famousNames.has(s.at(j).lower) {
		return Finding{}, false
	}
	if t.lower == "miss" && s.startsSentence(i) && afterToMiss.has(s.at(j).lower) {
		return Finding{}, false
	}
	story := storyWords.any(s.wordsBefore(i, 6)) || storyWords.any(s.wordsAfter(last, 6))
	return s.finding(kindName, i, last), !story && !s.staff(i, last)
}

// pastStop returns the next index if token i is the full stop of the token before it, else i.
func (s *scanner) pastStop(i int) int {
	if s.at(i).text == "." && !s.at(i).afterSpace {
		return i + 1
	}
	return i
}

// storyWords are words near a name from a book, a film, a court case or a textbook.
const storyWords set = " book novel dickens quiz musical sitcom lords court judgment judgement ruling v history " +
	"essay syndrome sign "

// afterToMiss are words that follow the verb "miss".
const afterToMiss set = " the a an any one it rate ratio out this that "

// nameParticles are the small words in the middle of a name.
const nameParticles set = " de la le van der den von du da dos di del al el bin ibn ter ten of st "

// notNames are words that are not names even with a capital.
const notNames set = " safe conditional unsafe scan scans scanner scanning imaging image images compatible " +
	"angiography elastography spectroscopy guided linac the and or was is has had but if in on at for from to with " +
	"without of it he she they i we who nhs nice mhra hcpc dob ksb ecg mri ct bp hr sop id qc ward clinic patient " +
	"patients number january february march april may june july august september october november december monday " +
	"tuesday wednesday thursday friday saturday sunday examination records record notes identifiers identification " +
	"safety confidentiality x y z information leaflet experience feedback group dignity details data pathway " +
	"transport care centred referral history ids demographics name names "

// nameFrom returns the last token of a name that begins at j, or -1 for no name: up to five words with a capital or
// initials, joined by spaces, hyphens or particles. The title is the token before it, which changes what may be a name;
// without one it is the zero token.
func (s *scanner) nameFrom(j int, title token) int {
	first := j
	for n := 0; n < 2 && title.lower != "" && nameParticles.has(s.at(j).lower) && s.at(j+1).letters &&
		!s.at(j).afterBreak; n++ { // Mr van der Berg
		j++
	}
	if s.at(first).afterBreak || !s.namePart(j, title) {
		return -1
	}
	last := j
	for range 4 {
		k := last + 1
		if len(s.at(last).text) <= 2 && s.at(last).capitals() { // J. Smith
			k = s.pastStop(k)
		}
		for range 3 { // Jan van der Berg, Ana De La Cruz
			if nameParticles.has(s.at(k).lower) &&
				(nameParticles.has(s.at(k+1).lower) || s.namePart(k+1, token{})) {
				k++
			}
		}
		if s.hyphen(k) {
			k++
		}
		if s.at(k).afterBreak || !s.namePart(k, token{}) || s.at(last).possessive() ||
			s.endsSentence(k-1) && k-1 > last && len(s.at(last).text) > 2 {
			break
		}
		last = k
	}
	if last == j && len(s.at(j).text) == 1 {
		return -1 // people write "Mrs B" in order not to name her
	}
	return last
}

// possessive reports whether a token ends in 's.
func (t token) possessive() bool {
	return strings.HasSuffix(strings.ToLower(t.text), "'s") || strings.HasSuffix(t.text, "’s")
}

// namePart reports whether a token can be a word of a name. After "mr" or "mrs" in lower case it need not have a
// capital.
func (s *scanner) namePart(j int, title token) bool {
	t := s.at(j)
	if !t.letters || notNames.has(t.lower) || titles.has(t.lower) {
		return false
	}
	small := title.lower != "" && title.text == title.lower && len(t.text) > 2 && !smallWords.has(t.lower)
	if title.text == "MR" || title.text == "MRS" {
		initial := len(t.text) == 1 && t.capitals() && s.at(j+1).text == "."
		return initial || t.capitals() && len(t.text) > 2 || t.capital() && title.text == "MRS"
	}
	return t.capital() || small
}

// smallWords cannot be names in lower case.
const smallWords set = " and are but can did does for from had has her him his how its not now off our out she that " +
	"the then they this too was were who why will with you your which what when where said came also may might must "

func (s *scanner) startsSentence(i int) bool {
	return i == 0 || s.at(i).afterBreak || s.endsSentence(i-1)
}

// staff reports whether the words around a name, from one token to another, say that it is a colleague's.
func (s *scanner) staff(from, last int) bool {
	before := s.wordsBefore(from, 5)
	return !patientWords.has(nth(before, 0)) && (staffBefore(before) || s.staffAfter(last))
}

// nth returns a word of a list, or "" beyond its end.
func nth(words []string, n int) string {
	if n >= len(words) {
		return ""
	}
	return words[n]
}

// staffBefore reports whether the words before a name, the nearest first, say that it is a colleague's.
func staffBefore(before []string) bool {
	nearest, second := nth(before, 0), nth(before, 1)
	switch nearest {
	case "with", "from", "to": // "a tutorial with Mr Khan"
		return withStaff.has(second)
	case "is", "was", "the": // "my mentor is Mr Khan"
		return staffRoles.has(second)
	case "by": // "signed off by Mr Khan"
		return staffDeeds.any(before[1:])
	}
	return toStaff.has(nearest) || staffRoles.has(nearest) // "I thanked Mr Khan", "my mentor Mr Khan"
}

// staffAfter reports whether the words after a name that ends at a token say that it is a colleague's.
func (s *scanner) staffAfter(last int) bool {
	after := s.wordsAfter(last, 5)
	first, second, third := nth(after, 0), nth(after, 1), nth(after, 2)
	if next := s.at(last + 1); first != "" && (next.text == "(" || next.text == ",") {
		return s.roleFrom(last + 2)
	}
	if s.at(last).possessive() { // "Mr Khan's list", "Mr Khan's morning list"
		return staffRoles.has(first) || staffThings.has(first) || staffRoles.has(second) || staffThings.has(second)
	}
	toMe := second == "me" || third == "me"
	switch first {
	case "my", "our": // "Mr Khan our clinical lead"
		return staffRoles.has(second) || staffRoles.has(third)
	case "from", "at", "in", "of": // "Mr Khan from medical physics"
		return workplaces.any(after[1:min(len(after), 4)]) || staffVerbs.any(after) && meWords.any(after)
	case "who", "has", "then", "kindly", "also": // "Mr Khan then supervised"
		return staffVerbs.has(second)
	case "asked", "told", "explained": // "Mr Khan asked me to audit"
		return toMe && staffMatters.any(after)
	}
	return staffVerbs.has(first) || didMe.has(first) && (meWords.has(second) || meWords.has(third))
}

// roleFrom reports whether the words from token j on say what somebody's role is: "our lead scientist," or "ENT
// consultant)".
func (s *scanner) roleFrom(j int) bool {
	for k := j; k < j+5; k++ {
		t, next := s.at(k), s.at(k+1)
		switch {
		case k > j && t.afterBreak || !t.word || countDigits(t.text) > 0 && k == j || t.lower == "who" && k == j:
			return false
		case staffRoles.has(t.lower) && (next.afterBreak || !next.word || afterRole.has(next.lower) || k > j &&
			articleWords.has(s.at(j).lower)):
			return true
		}
	}
	return false
}

const (
	afterRole set = " for at in of from who and on "
	// What staff do to a learner, if one of meWords comes next.
	didMe   set = " showed observed signed watched let talked emailed walked helped marked "
	meWords set = " me us my off "
	// What staff ask a learner to do.
	staffMatters set = " audit sop shadow lead plan present logbook competency competencies teach theatre prepare " +
		"write check rewrite review "
	// What a learner does to staff.
	toStaff set = " shadowed shadowing emailed emailing assisted assisting thanked thank thanks "
	// What a learner has with or from staff.
	withStaff set = " tutorial supervision appraisal feedback training teaching quote email lecture placement " +
		"interview shadowing thanks 1-1 one-to-one viva assessment observation presentation progress catch-up reply " +
		"invoice "
	// What belongs to staff.
	staffThings set = " list lists clinic clinics firm team theatre lecture lectures talk workshop session sessions " +
		"course department office ward round rounds slides notes feedback teaching signature protocol paper group "
	// Where staff are from: departments and firms.
	workplaces set = " procurement university estates finance pharmacy supplies stores payroll governance education " +
		"training library hr it switchboard reception physics engineering college company supplier manufacturer " +
		"records coding bookings department dept lab laboratory trust hse mhra ukas cqc hcpc informatics " +
		"communications security olympus philips siemens ge medtronic roche abbott beckman sysmex stryker draeger " +
		"drager baxter natus interacoustics oticon phonak resound cochlear biotronik elekta varian fujifilm canon bd " +
		"biomerieux sonova "
	// Names that everybody knows from books, television or medicine.
	famousNames set = " bean potato beeton gillick dalloway darcy spock blobby magoo kipling motivator doubtfire " +
		"hinch marple havisham piggy moneypenny bennet bouquet poppins twit tickle mcgregor hyde watson robinson men " +
		"gadget whippy windermere wortley gaga godiva macbeth chatterley test testing dummy zztest montgomery bolam " +
		"bolitho nightingale seacole lacks leborgne trunchbull osler fleming mansfield hounsfield gray marmot " +
		"francis charnley lister darzi kelvin "
)

// titledPatient finds a doctor or a sister who is the patient: "Dr Wenlock, who was the patient".
func (s *scanner) titledPatient(i int) (Finding, bool) {
	t := s.at(i)
	if !t.letters || t.text == t.lower || !staffTitles.has(t.lower) {
		return Finding{}, false
	}
	j := s.pastStop(i + 1)
	last := s.nameFrom(j, token{})
	if last < 0 {
		return Finding{}, false
	}
	before := nth(s.wordsBefore(i, 1), 0)
	patient := before == "patient" || before == "pt"
	after := s.wordsAfter(last, 9)
	for n := 2; n < len(after); n++ {
		patient = patient || after[n] == "patient" && articleWords.has(after[n-1]) && isWords.has(after[n-2])
	}
	return s.finding(kindName, i, last), patient
}

const (
	staffTitles set = " dr prof professor sister nurse sir lord dame rev reverend father captain sergeant councillor " +
		"judge "
	articleWords set = " a the my our "
	isWords      set = " as is was being were "
)

// patientName finds a full name after a word for a patient or a relative: "patient John Smith", "his wife Mary Hill". A
// first name alone identifies nobody, but one word is enough in "Name: Smith" and "Baby Jones".
func (s *scanner) patientName(i int) (Finding, bool) {
	t := s.at(i)
	if !t.letters || !(patientWords.has(t.lower) || relativeWords.has(t.lower) || t.lower == "name") {
		return Finding{}, false
	}
	j := i + 1
	if abbreviations.has(t.lower) {
		j = s.pastStop(j)
	}
	sign := s.at(j).oneOf(":=-–")
	comma := s.at(j).text == "," || s.at(j).text == "("
	if sign || comma {
		j++
	}
	patient := t.lower == "patient" || t.lower == "pt" || t.lower == "client"
	for n := 0; n < 3 && patient && !sign && nameIs.has(s.at(j).lower) && s.at(j).text == s.at(j).lower; n++ {
		j++
	}
	ofPatient := t.lower == "name" && patientWords.any(s.wordsBefore(i, 2))
	for n := 0; n < 4 && ofPatient && !sign; n++ { // patient name on this: ...
		sign = s.at(j).text == ":"
		if sign || s.at(j).word {
			j++
		}
	}
	if low := s.at(j).lower; t.lower == "baby" && (low == "boy" || low == "girl") {
		j++
	}
	last := s.nameFrom(j, token{text: "x"})
	if last < 0 || len(s.at(j).text) < 2 || s.roleAfter(last) {
		return Finding{}, false
	}
	name, full, isName := s.at(j), last > j, false
	switch {
	case t.lower == "name" || t.lower == "surname" || t.lower == "forename":
		likely := sign || t.lower != "name" || full && patientWords.any(s.wordsBefore(i, 1))
		isName = likely && !otherLabels.any(s.wordsBefore(i, 2))
	case t.lower == "called" || t.lower == "named":
		before := s.wordsBefore(i, 6)
		isName = full && (personWords.any(before) || relativeWords.any(before) || patientWords.any(before))
	case patient && sign:
		isName = !titleCase(name.lower) && !(name.capitals() && len(name.text) <= 5)
	case patient:
		short := name.capitals() && name.text != name.lower && len(name.text) < 4
		isName = full && !short && !titleCase(name.lower) && !titleCase(s.at(j+1).lower)
	case t.lower == "baby":
		isName = !s.startsSentence(j) && !sign && !comma
	case relativeWords.has(t.lower):
		isName = full && !sign && !(t.lower == "sister" && t.capital()) // Sister is a title of staff
	}
	acronym := name.capitals() && !full && len(name.text) <= 4 && !sign // PPE, IPC and so on
	return s.finding(kindName, j, last), isName && !acronym
}

// nameIs are words that may come between "patient" and a name.
const nameIs set = " is was name called named identified as today the "

// listedName finds a name as worklists and labels have it: "JONES, Mary".
func (s *scanner) listedName(i int) (Finding, bool) {
	t := s.at(i)
	if len(t.text) < 3 || !t.capitals() || s.at(i+1).text != "," || s.at(i+1).afterSpace || !t.letters {
		return Finding{}, false
	}
	first, after := s.at(i+2), s.at(i+3)
	onList := listWords.any(s.wordsBefore(i, 6))
	shouted := first.capitals() && len(first.text) > 1
	if !first.capital() || first.afterBreak || !first.afterSpace || shouted && !onList ||
		notSurnames.has(t.lower) || notNames.has(first.lower) || commonCapitals.has(t.lower) {
		return Finding{}, false
	}
	begins := s.startsSentence(i) || s.at(i-1).digits || s.at(i-1).oneOf(":;|-–)")
	ends := after.afterBreak || after.digits || after.oneOf(",;(-–/|.:") || after.text == "" ||
		birthWords.has(after.lower) || sexWords.has(after.lower)
	return s.finding(kindName, i, i+2), onList || begins && ends
}

const (
	listWords set = " worklist list label labelled band wristband request form specimen sample tube patient pt pts " +
		"name screen "
	notSurnames set = " coshh riddor mrsa nice puwer irmer loler dicom hepa copd stemi ukas mhra nhse hcpc iso sop " +
		"qc note todo ecg eeg mri pet spect nhs nmc gmc aim plan datix gdpr swot smart driscoll gibbs kolb rolfe " +
		"duty ksb urgent done help important "
)

// otherLabels, right before "name", make it the name of a thing or of a colleague.
const otherLabels set = " file user assessor mentor supervisor witness staff manager tutor device product brand " +
	"trade drug generic your my test course module trust ward department column field sheet firm company supplier " +
	"manufacturer learner apprentice assessor's mentor's common model project print printed machine host "

// titleCase reports whether a word often follows "Patient" in the title of a form, a group or a paper.
func titleCase(low string) bool {
	const often set = " safety benefit experience information advice liaison identification administration " +
		"administrative group transport management monitoring system services reported record records journey " +
		"positioning dose education association voice choice access engagement involvement participation portal " +
		"initiated knows zero one care line "
	return often.has(low) || strings.HasSuffix(low, "ing")
}

// roleAfter reports whether the words right after a name give a role of staff or say what only staff do.
func (s *scanner) roleAfter(last int) bool {
	after := s.wordsAfter(last, 4)
	next := s.at(last + 1)
	return (next.text == "," || next.text == "(") && staffRoles.any(after) || staffVerbs.has(nth(after, 0))
}

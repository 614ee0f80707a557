package demo

// culture is a set of names that go together, with the ethnic categories
// (NHS Data Dictionary) of those who bear them.
type culture struct {
	share    int // of a hundred people
	male     []string
	female   []string
	family   []string
	ethnic   []string
	language string
}

func cultures() []culture {
	return []culture{
		{share: 66, language: "English", ethnic: []string{"A", "A", "A", "A", "A", "A", "B", "C", "Z"},
			male: []string{"Oliver", "George", "Harry", "Arthur", "Jack", "Alan", "Brian", "Kenneth", "Derek", "Stephen", "Michael", "Peter",
				"David", "Robert", "Thomas", "William", "Edward", "Callum", "Liam", "Ronald", "Gareth", "Hamish", "Ernest", "Stanley"},
			female: []string{"Olivia", "Amelia", "Isla", "Ava", "Margaret", "Dorothy", "Joan", "Patricia", "Susan", "Christine", "Helen", "Julie",
				"Karen", "Tracey", "Emma", "Charlotte", "Grace", "Freya", "Sian", "Eilidh", "Brenda", "Maureen", "Edith", "Winifred"},
			family: []string{"Ashdown", "Birtwhistle", "Cartwright", "Dunmore", "Ellersby", "Fairweather", "Goodfellow", "Hargrave", "Inglethorpe",
				"Jessop", "Kettlewell", "Langstaff", "Merriweather", "Nettleship", "Oakeshott", "Pemberton", "Quayle", "Ravenscroft",
				"Sheldrake", "Tattersall", "Underhill", "Venables", "Whitcombe", "Yardley", "Smith-Barrow", "Llewelyn", "MacAskill", "O'Rourke"}},
		{share: 12, language: "Panjabi", ethnic: []string{"H", "J", "K", "L"},
			male:   []string{"Mohammed", "Imran", "Harpreet", "Rajesh", "Sunil", "Tariq", "Arjun", "Bilal", "Gurdeep", "Vikram"},
			female: []string{"Aisha", "Priya", "Fatima", "Simran", "Nasreen", "Anjali", "Zainab", "Kiran", "Rukhsana", "Meera"},
			family: []string{"Ahmedwala", "Begumshah", "Chowdharia", "Dhaliwalia", "Gillani", "Husseinpur", "Kaurani", "Mistrywala", "Patelwar", "Singhara"}},
		{share: 9, language: "English", ethnic: []string{"M", "N", "P", "D", "E"},
			male:   []string{"Kwame", "Emeka", "Tunde", "Winston", "Marlon", "Kofi", "Samuel", "Delroy"},
			female: []string{"Ngozi", "Abena", "Shanice", "Folake", "Marcia", "Adaeze", "Beverley", "Yvonne"},
			family: []string{"Adeyinka", "Boatengu", "Campbellton", "Dankwah", "Eze-Obi", "Fagbenleke", "Gordonstone", "Okonkwori"}},
		{share: 7, language: "Polish", ethnic: []string{"C"},
			male:   []string{"Piotr", "Tomasz", "Andrei", "Łukasz", "Mihai", "Jānis"},
			female: []string{"Agnieszka", "Katarzyna", "Ioana", "Zofia", "Małgorzata", "Ilze"},
			family: []string{"Kowalczykowa", "Nowakiewicz", "Popescarin", "Wiśniewska", "Zielonkiewicz", "Bērziņkalns"}},
		{share: 3, language: "Cantonese", ethnic: []string{"R", "L"},
			male:   []string{"Wei", "Ka-Ho", "Jun", "Minh"},
			female: []string{"Mei-Ling", "Xiu", "Hoa", "Suk-Yee"},
			family: []string{"Cheungley", "Nguyenham", "Wongford", "Zhangley"}},
		{share: 3, language: "Arabic", ethnic: []string{"S", "G", "F"},
			male:   []string{"Yusuf", "Omar", "Karim", "Dawit"},
			female: []string{"Layla", "Hanan", "Selam", "Noor"},
			family: []string{"Al-Rashidi", "Haddadin", "Tekleab", "Ben-Youssefi"}},
	}
}

// ethnicCategory words the codes of the NHS Data Dictionary.
func ethnicCategory(code string) string {
	return map[string]string{
		"A": "British, Mixed British", "B": "Irish", "C": "Any other White background", "D": "White and Black Caribbean",
		"E": "White and Black African", "F": "White and Asian", "G": "Any other mixed background", "H": "Indian or British Indian",
		"J": "Pakistani or British Pakistani", "K": "Bangladeshi or British Bangladeshi", "L": "Any other Asian background",
		"M": "Caribbean", "N": "African", "P": "Any other Black background", "R": "Chinese", "S": "Any other ethnic group",
		"Z": "Not stated",
	}[code]
}

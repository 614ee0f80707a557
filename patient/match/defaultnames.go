package match

import "strings"

// commonNames are how frequent the commonest names of the United Kingdom are, as parts
// of ten thousand, rounded: for all ages and both sexes. Which name is commoner than
// which matters little; that Smith says less than a name in no list does.
func commonNames() map[string]Frequency {
	return map[string]Frequency{
		fieldNames[family]: {Other: .00006, Values: parts(`smith 115 jones 90 williams 62 taylor 52 brown 50 davies 46 evans 38 wilson 34
			thomas 33 roberts 32 johnson 32 lewis 26 walker 27 robinson 27 wood 26 thompson 26 white 26 watson 24 jackson 24 wright 24
			green 24 harris 23 cooper 22 king 22 lee 22 martin 22 clarke 22 james 22 morgan 21 hughes 21 edwards 21 hill 21 moore 21
			clark 20 harrison 19 scott 19 young 18 morris 18 hall 18 ward 18 turner 18 carter 17 phillips 17 mitchell 17 patel 19
			adams 16 campbell 16 anderson 16 allen 16 cook 16 bailey 15 parker 15 miller 15 davis 15 murphy 14 price 14 bell 14
			baker 14 griffiths 13 kelly 13 simpson 13 marshall 13 collins 13 bennett 13 cox 13 richardson 13 fox 12 gray 12 rose 11
			chapman 12 hunt 12 robertson 12 shaw 12 reynolds 11 lloyd 11 ellis 11 richards 11 russell 11 wilkinson 11 khan 17
			graham 11 stewart 13 reid 10 murray 11 powell 10 palmer 10 holmes 10 rogers 11 stevens 10 walsh 9 hunter 9 thomson 10
			matthews 10 ross 9 owen 10 mason 10 knight 9 kennedy 8 butler 9 saunders 9 cole 8 pearce 8 dean 8 foster 9 harvey 9
			hudson 8 gibson 9 mills 9 berry 8 barnes 9 pearson 8 kaur 12 singh 14 ahmed 13 ali 13 begum 8 hussain 13 shah 6 kumar 4`)},
		fieldNames[given]: {Other: .0004, Values: parts(`john 190 david 205 michael 150 peter 110 paul 130 james 150 robert 125 andrew 115 mark 105
			stephen 90 richard 85 william 85 christopher 80 ian 60 thomas 80 anthony 60 alan 55 kevin 50 steven 60 daniel 75 matthew 70
			simon 55 martin 55 george 55 joseph 50 philip 50 brian 45 gary 40 nicholas 45 jonathan 40 alexander 40 edward 40 charles 35
			jack 55 benjamin 45 samuel 45 joshua 45 adam 40 luke 35 ryan 35 harry 35 oliver 35 lewis 25 nathan 25 jake 20 liam 25
			muhammad 45 mohammed 40 susan 85 margaret 75 sarah 90 patricia 55 elizabeth 75 mary 75 jennifer 45 christine 45
			jacqueline 35 helen 50 karen 50 linda 45 julie 50 deborah 35 nicola 40 claire 40 emma 60 laura 55 rebecca 50 rachel 40
			louise 40 jessica 45 charlotte 45 hannah 40 amy 40 lauren 30 emily 45 sophie 40 katie 30 lucy 35 chloe 30 megan 25 olivia 25
			anne 40 ann 40 jean 40 barbara 35 joan 35 dorothy 25 maureen 25 carol 35 janet 35 angela 35 catherine 35 amanda 35 jane 35
			joanne 35 lisa 40 victoria 35 michelle 35 kathleen 20 sandra 25 pauline 25 sheila 20 valerie 20 jacob 25 ethan 20 grace 20`)},
	}
}

// parts reads names, each with its parts of ten thousand.
func parts(text string) map[string]float64 {
	words := strings.Fields(text)
	out := make(map[string]float64, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		n := 0.0
		for _, digit := range words[i+1] {
			n = 10*n + float64(digit-'0')
		}
		out[words[i]] = n / 10000
	}
	return out
}

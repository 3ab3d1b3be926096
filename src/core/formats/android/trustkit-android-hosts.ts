import { hasNoSuffix, INTERNAL_SUFFIXES } from '../ios/trustkit-hosts.ts'

/**
 * Top-level domains of today that TrustKit-Android's table, of April 2016, has not: those of the public suffix list that
 * `DomainValidator.java` of version 1.1.5 lacks.
 */
const NEWER_THAN_ITS_TABLE =
  `abc able aetna africa airbus allstate alstom amazon americanexpress americanfamily amex amfam anz aol arab art asda
athleta audible auspost banamex baseball basketball bbt beauty bestbuy blockbuster blog bofa booking boston box
calvinklein cam capitalone case catholic cbre charity chintai citadel citi cpa cruise data dds deal dhl discover
dish diy doctor dot dtv dupont dvr eco ericsson farmers fedex ferrari fidelity fido fire flir food free fujitsu fun
games gap gay george godaddy goodyear grocery hair hbo hdfc hisamitsu hkt homegoods homesense hospital hot hotel
hotels hughes hyatt ieee ikano imdb inc intuit itv jeep jio kids kindle kosher latino lefrak lego lilly llc llp
locker lpl lplfinancial lundbeck map marshalls mattel mckinsey merck merckmsd mint mit mitsubishi mlb mobile monster
moto msd music nab nba netflix next nextdirect nfl nike now nowtv observer olayan olayangroup ollo onion open ott
panasonic pay pccw pfizer phd phone pioneer pnc politie prime pru prudential radio realestate reliance richardli ril
rogers rugby samsclub save search secure shangrila shop shopping silk sling smart spa sport ss staples target tdk
tiaa tjmaxx tjx tkmaxx ubank ups vanguard visa vivo volvo walmart web winners woodside wow xn--2scrj9c xn--3hcrj9c
xn--45br5cyl xn--4dbrk0ce xn--54b7fta0cc xn--5su34j936bgsg xn--80aqecdr1a xn--90ae xn--cckwcxetd xn--fzys8d69uvgm
xn--gk3at1e xn--h2breg3eve xn--h2brj9c8c xn--jlq480n2rg xn--mgb2ddes xn--mgba3a4fra xn--mgba7c0bbn0a
xn--mgbah1a3hjkrd xn--mgbai9a5eva00b xn--mgbai9azgqp6j xn--mgbbh1a xn--mgbcpq6gpa1a xn--mgberp4a5d4a87g xn--mgbgu82a
xn--mgbi4ecexp xn--mgbqly7c0a67fbc xn--mgbqly7cvafr xn--mgbtf8fl xn--mix082f xn--ngbrx xn--nnx388a xn--otu796d
xn--q7ce6a xn--qxa6a xn--rvc1e0am3e xn--tiq49xqyj xn--w4rs40l zappos`.split(/\s+/)

const UNKNOWN_SUFFIXES = new Set([...INTERNAL_SUFFIXES, ...NEWER_THAN_ITS_TABLE])

/**
 * Whether TrustKit-Android throws at start-up because of this host: it takes names of two labels or more, without `_`,
 * that end in a top-level domain of its own table (`DomainValidator.java`).
 */
export function trustKitAndroidRefuses(host: string): boolean {
  return hasNoSuffix(host, UNKNOWN_SUFFIXES) || host.includes('_')
}

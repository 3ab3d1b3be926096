/**
 * Where TrustKit's table of public suffixes, of 2018, makes it throw at start-up and today's list does not: every name of
 * the table was asked of `GetRegistryLength` of TrustKit 3.0.7 itself.
 */

/**
 * Names that its search passes through without an end: it knows suffixes below them, and finds none for them and for
 * what else is below them, but for the names in `ENDS_BELOW_PASSAGES`.
 */
export const PASSAGES: ReadonlySet<string> = new Set(
  `futurecms.at ex.futurecms.at in.futurecms.at ortsinfo.at ex.ortsinfo.at kunden.ortsinfo.at bd transurl.be bn nom.br
awdev.ca ck magentosite.cloud sensiosite.cloud statics.cloud amazonaws.com.cn cn-north-1.amazonaws.com.cn
compute.amazonaws.com.cn eb.amazonaws.com.cn elb.amazonaws.com.cn otap.co 0emm.com amazonaws.com
ap-northeast-1.amazonaws.com dualstack.ap-northeast-1.amazonaws.com ap-northeast-2.amazonaws.com
dualstack.ap-northeast-2.amazonaws.com ap-south-1.amazonaws.com dualstack.ap-south-1.amazonaws.com
ap-southeast-1.amazonaws.com dualstack.ap-southeast-1.amazonaws.com ap-southeast-2.amazonaws.com
dualstack.ap-southeast-2.amazonaws.com ca-central-1.amazonaws.com dualstack.ca-central-1.amazonaws.com
compute.amazonaws.com compute-1.amazonaws.com elb.amazonaws.com eu-central-1.amazonaws.com
dualstack.eu-central-1.amazonaws.com eu-west-1.amazonaws.com dualstack.eu-west-1.amazonaws.com eu-west-2.amazonaws.com
dualstack.eu-west-2.amazonaws.com eu-west-3.amazonaws.com dualstack.eu-west-3.amazonaws.com sa-east-1.amazonaws.com
dualstack.sa-east-1.amazonaws.com dualstack.us-east-1.amazonaws.com us-east-2.amazonaws.com
dualstack.us-east-2.amazonaws.com evennode.com fbsbx.com joyent.com cns.joyent.com lmpm.com prgmr.com quipelements.com
metacentrum.cz muni.cz cloud.muni.cz cosidns.de speedpartner.de uberspace.de er compute.estate transurl.eu party.eus
fj fk lair.io nodeart.io resinstaging.io s5y.io stolos.io thingdust.io dev.thingdust.io disrec.thingdust.io
prod.thingdust.io testing.thingdust.io jm kawasaki.jp kitakyushu.jp kobe.jp nagoya.jp sapporo.jp sendai.jp yokohama.jp
kh kw mm her.name his.name cdn77.net cryptonomic.net fastly.net prod.fastly.net ssl.fastly.net alces.network
transurl.nl akershus.no buskerud.no hedmark.no hordaland.no more-og-romsdal.no nordland.no ostfold.no telemark.no
vestfold.no xn--mre-og-romsdal-qqb.no xn--stfold-9xa.no np amune.org cdn77.org cdn77-secure.org
origin.cdn77-secure.org fedoraproject.org os.fedoraproject.org stg.fedoraproject.org os.stg.fedoraproject.org pg
dnstrace.pro cldmail.ru hosting.myjino.ru landing.myjino.ru spectrum.myjino.ru vps.myjino.ru platform.sh
platformsh.site sch.uk advisor.ws ye za triton.zone`.split(/\s+/),
)

/** The suffixes right below those; a star for any label. */
export const ENDS_BELOW_PASSAGES: ReadonlySet<string> = new Set(
  `*.futurecms.at *.ex.futurecms.at *.in.futurecms.at *.ex.ortsinfo.at *.kunden.ortsinfo.at *.bd *.transurl.be *.bn
*.nom.br *.awdev.ca *.ck *.magentosite.cloud *.sensiosite.cloud *.statics.cloud s3.cn-north-1.amazonaws.com.cn
*.compute.amazonaws.com.cn cn-north-1.eb.amazonaws.com.cn *.elb.amazonaws.com.cn *.otap.co *.0emm.com
s3.dualstack.ap-northeast-1.amazonaws.com s3.dualstack.ap-northeast-2.amazonaws.com s3.ap-northeast-2.amazonaws.com
s3-website.ap-northeast-2.amazonaws.com s3.dualstack.ap-south-1.amazonaws.com s3.ap-south-1.amazonaws.com
s3-website.ap-south-1.amazonaws.com s3.dualstack.ap-southeast-1.amazonaws.com
s3.dualstack.ap-southeast-2.amazonaws.com s3.dualstack.ca-central-1.amazonaws.com s3.ca-central-1.amazonaws.com
s3-website.ca-central-1.amazonaws.com *.compute.amazonaws.com *.compute-1.amazonaws.com *.elb.amazonaws.com
s3.dualstack.eu-central-1.amazonaws.com s3.eu-central-1.amazonaws.com s3-website.eu-central-1.amazonaws.com
s3.dualstack.eu-west-1.amazonaws.com s3.dualstack.eu-west-2.amazonaws.com s3.eu-west-2.amazonaws.com
s3-website.eu-west-2.amazonaws.com s3.dualstack.eu-west-3.amazonaws.com s3.eu-west-3.amazonaws.com
s3-website.eu-west-3.amazonaws.com s3.amazonaws.com s3-ap-northeast-1.amazonaws.com s3-ap-northeast-2.amazonaws.com
s3-ap-south-1.amazonaws.com s3-ap-southeast-1.amazonaws.com s3-ap-southeast-2.amazonaws.com
s3-ca-central-1.amazonaws.com s3-eu-central-1.amazonaws.com s3-eu-west-1.amazonaws.com s3-eu-west-2.amazonaws.com
s3-eu-west-3.amazonaws.com s3-external-1.amazonaws.com s3-fips-us-gov-west-1.amazonaws.com s3-sa-east-1.amazonaws.com
s3-us-east-2.amazonaws.com s3-us-gov-west-1.amazonaws.com s3-us-west-1.amazonaws.com s3-us-west-2.amazonaws.com
s3-website-ap-northeast-1.amazonaws.com s3-website-ap-southeast-1.amazonaws.com
s3-website-ap-southeast-2.amazonaws.com s3-website-eu-west-1.amazonaws.com s3-website-sa-east-1.amazonaws.com
s3-website-us-east-1.amazonaws.com s3-website-us-west-1.amazonaws.com s3-website-us-west-2.amazonaws.com
s3.dualstack.sa-east-1.amazonaws.com us-east-1.amazonaws.com s3.dualstack.us-east-1.amazonaws.com
s3.dualstack.us-east-2.amazonaws.com s3.us-east-2.amazonaws.com s3-website.us-east-2.amazonaws.com eu-1.evennode.com
eu-2.evennode.com eu-3.evennode.com eu-4.evennode.com us-1.evennode.com us-2.evennode.com us-3.evennode.com
us-4.evennode.com apps.fbsbx.com *.cns.joyent.com app.lmpm.com xen.prgmr.com *.quipelements.com cloud.metacentrum.cz
custom.metacentrum.cz flt.cloud.muni.cz usr.cloud.muni.cz dyn.cosidns.de customer.speedpartner.de *.uberspace.de *.er
*.compute.estate *.transurl.eu user.party.eus *.fj *.fk apps.lair.io stage.nodeart.io devices.resinstaging.io *.s5y.io
*.stolos.io cust.dev.thingdust.io cust.disrec.thingdust.io cust.prod.thingdust.io cust.testing.thingdust.io *.jm
*.kawasaki.jp *.kitakyushu.jp *.kobe.jp *.nagoya.jp *.sapporo.jp *.sendai.jp *.yokohama.jp *.kh *.kw *.mm
forgot.her.name forgot.his.name r.cdn77.net *.cryptonomic.net freetls.fastly.net map.fastly.net a.prod.fastly.net
global.prod.fastly.net a.ssl.fastly.net b.ssl.fastly.net global.ssl.fastly.net *.alces.network *.transurl.nl
nes.akershus.no nes.buskerud.no os.hedmark.no valer.hedmark.no xn--vler-qoa.hedmark.no os.hordaland.no
heroy.more-og-romsdal.no sande.more-og-romsdal.no bo.nordland.no heroy.nordland.no xn--b-5ga.nordland.no
xn--hery-ira.nordland.no valer.ostfold.no bo.telemark.no xn--b-5ga.telemark.no sande.vestfold.no
sande.xn--mre-og-romsdal-qqb.no xn--hery-ira.xn--mre-og-romsdal-qqb.no xn--vler-qoa.xn--stfold-9xa.no *.np
tele.amune.org c.cdn77.org rsc.cdn77.org ssl.origin.cdn77-secure.org cloud.fedoraproject.org app.os.fedoraproject.org
app.os.stg.fedoraproject.org *.pg bci.dnstrace.pro hb.cldmail.ru *.hosting.myjino.ru *.landing.myjino.ru
*.spectrum.myjino.ru *.vps.myjino.ru *.platform.sh *.platformsh.site *.sch.uk *.advisor.ws *.ye ac.za agric.za alt.za
co.za edu.za gov.za grondar.za law.za mil.za net.za ngo.za nis.za nom.za org.za school.za tm.za web.za *.triton.zone`.split(
    /\s+/,
  ),
)

/** Suffixes of then and not of today, whose sub-domains it lets nobody ask for; a star for any label. */
export const FORMER_SUFFIXES: ReadonlySet<string> = new Set(
  `*.bd *.bn *.cns.joyent.com *.cryptonomic.net *.fj *.kh *.kw *.platform.sh *.s5y.io *.sensiosite.cloud *.uberspace.de
*.ye 001www.com ac.tj academy.museum aero.tt agriculture.museum agrinet.tn air.museum airguard.museum alabama.museum
alaska.museum alpha-myqnapcloud.com alpha.bounty-full.com amber.museum ambulance.museum american.museum
americana.museum americanantiques.museum americanart.museum amsterdam.museum amusement.aero and.museum
annefrank.museum anthro.museum anthropology.museum antiques.museum app.lmpm.com aquarium.museum aquila.it ar.com
arboretum.museum archaeological.museum archaeology.museum architecture.museum art.museum artanddesign.museum
artcenter.museum artdeco.museum arteducation.museum artgallery.museum arts.co arts.museum artsandcrafts.museum
asmatart.museum assassination.museum assedic.fr assisi.museum asso.bj association.museum astronomy.museum
atlanta.museum audnedaln.no austin.museum australia.museum automotive.museum aviation.museum axis.museum
backplaneapp.io badajoz.museum baghdad.museum bahn.museum bale.museum baltimore.museum barcelona.museum barreau.bj
baseball.museum basel.museum baths.museum bauern.museum bci.dnstrace.pro beauxarts.museum beeldengeluid.museum
belau.pw bellevue.museum bergbau.museum berkeley.museum berlin.museum bern.museum beta.bounty-full.com betainabox.com
bible.museum bilbao.museum bill.museum birdart.museum birthplace.museum bitballoon.com biz.at bjarkoy.no blogsite.xyz
blogspot.ae blogspot.al blogspot.am blogspot.ba blogspot.be blogspot.bg blogspot.bj blogspot.ca blogspot.cf
blogspot.ch blogspot.cl blogspot.co.at blogspot.co.id blogspot.co.il blogspot.co.ke blogspot.co.nz blogspot.co.uk
blogspot.co.za blogspot.com.ar blogspot.com.au blogspot.com.br blogspot.com.by blogspot.com.co blogspot.com.cy
blogspot.com.ee blogspot.com.eg blogspot.com.es blogspot.com.mt blogspot.com.ng blogspot.com.tr blogspot.com.uy
blogspot.cv blogspot.cz blogspot.de blogspot.dk blogspot.fi blogspot.fr blogspot.gr blogspot.hk blogspot.hr
blogspot.hu blogspot.ie blogspot.in blogspot.is blogspot.it blogspot.jp blogspot.kr blogspot.li blogspot.lt
blogspot.lu blogspot.md blogspot.mk blogspot.mr blogspot.mx blogspot.my blogspot.nl blogspot.no blogspot.pe
blogspot.pt blogspot.qa blogspot.re blogspot.ro blogspot.rs blogspot.ru blogspot.se blogspot.sg blogspot.si
blogspot.sk blogspot.sn blogspot.td blogspot.tw blogspot.ug blogspot.vn bloxcms.com bonn.museum boston.museum
botanical.museum botanicalgarden.museum botanicgarden.museum botany.museum bounty-full.com brandywinevalley.museum
brasil.museum bristol.museum british.museum britishcolumbia.museum broadcast.museum brunel.museum brussel.museum
brussels.museum bruxelles.museum building.museum burghof.museum bus.museum bushey.museum bv.nl c.la ca.na
cadaques.museum california.museum cambridge.museum can.museum canada.museum capebreton.museum carrier.museum
cartoonart.museum casadelamoneda.museum castle.museum castres.museum cc.na cc.nd.us celtic.museum center.museum
certmgr.org chattanooga.museum cheltenham.museum chesapeakebay.museum chicago.museum children.museum childrens.museum
childrensgarden.museum chiropractic.museum chocolate.museum christiansburg.museum cincinnati.museum cinema.museum
circus.museum civilisation.museum civilization.museum civilwar.museum clinton.museum clock.museum cloudcontrolapp.com
cloudcontrolled.com cloudeity.net co.pw coal.museum coastaldefence.museum cody.museum coldwar.museum collection.museum
colonialwilliamsburg.museum coloradoplateau.museum columbia.museum columbus.museum com.is com.rw communication.museum
communications.museum community.museum computer.museum computerhistory.museum contemporary.museum
contemporaryart.museum convent.museum coop.tt copenhagen.museum corporation.museum corvette.museum costume.museum
countryestate.museum county.museum crafting.xyz crafts.museum cranbrook.museum creation.museum cultural.museum
culturalcenter.museum culture.museum cupcake.is customer.enonic.io cya.gg cyber.museum cymru.museum dali.museum
dallas.museum daplie.me database.museum dd-dns.de ddnslive.com ddr.museum decorativearts.museum defense.tn
delaware.museum delmenhorst.museum denmark.museum depot.museum design.museum detroit.museum dev-myqnapcloud.com
dev.static.land dinosaur.museum discovery.museum diskstation.eu diskstation.org dolls.museum dominic.ua
donostia.museum dr.na dray-dns.de draydns.de drud.io drud.us durham.museum dyn-vpn.de dynvpn.de eastafrica.museum
eastcoast.museum ed.pw edu.is edu.rw education.museum educational.museum edunet.tn egyptian.museum eisenbahn.museum
elburg.museum elvendrell.museum embroidery.museum encyclopedic.museum england.museum enonic.io entomology.museum
environment.museum environmentalconservation.museum epilepsy.museum essex.museum estate.museum ethnology.museum
exeter.museum exhibition.museum family.museum farm.museum farmequipment.museum farmers.museum farmstead.museum
fastpanel.direct fed.us fhapp.xyz field.museum figueres.museum filatelia.museum film.museum fineart.museum
finearts.museum finland.museum firm.co flanders.museum florida.museum flynnhosting.net flynnhub.com force.museum
fortmissoula.museum fortworth.museum foundation.museum francaise.museum frankfurt.museum franziskaner.museum
freemasonry.museum frei.no freiburg.museum fribourg.museum frog.museum fundacio.museum furniture.museum gallery.museum
garden.museum gateway.museum gb.com geelvinck.museum gemological.museum geology.museum geometre-expert.fr
georgia.museum giessen.museum glas.museum glass.museum go.pw gon.pk gorge.museum gouv.bj gouv.rw gov.cu gov.is gov.ky
gov.st grandrapids.museum graz.museum guernsey.museum gwiddle.co.uk halloffame.museum hamburg.museum handson.museum
harvestcelebration.museum hawaii.museum health.museum heimatunduhren.museum hellas.museum helsinki.museum
hembygdsforbund.museum heritage.museum herokussl.com histoire.museum historical.museum historicalsociety.museum
historichouses.museum historisch.museum historisches.museum history.museum historyofscience.museum homelink.one
homeoffice.gov.uk horology.museum house.museum hu.com humanities.museum hzc.io illustration.museum
imageandsound.museum in.na indian.museum indiana.museum indianapolis.museum indianmarket.museum info.at info.au
info.co info.na info.pk int.co int.is int.rw int.tt intelligence.museum interactive.museum iraq.museum iron.museum
isleofman.museum jamison.museum jefferson.museum jerusalem.museum jewelry.museum jewish.museum jewishart.museum
jfk.museum jobs.tt journalism.museum judaica.museum judygarland.museum juedisches.museum juif.museum k12.de.us
k12.ri.us karate.museum karikatur.museum kids.museum kids.us knightpoint.systems koebenhavn.museum koeln.museum kr.com
kunst.museum kunstsammlung.museum kunstunddesign.museum labor.museum labour.museum lajolla.museum lancashire.museum
landes.museum lans.museum larsson.museum lewismiller.museum lib.de.us lib.ms.us lib.nd.us lincoln.museum
linkitools.space linz.museum living.museum livinghistory.museum localhistory.museum localhost.daplie.me london.museum
losangeles.museum louvre.museum loyalist.museum lucerne.museum luxembourg.museum luzern.museum mad.museum
madrid.museum mallorca.museum manchester.museum mansion.museum mansions.museum manx.museum marburg.museum
maritime.museum maritimo.museum maryland.museum marylhurst.museum mayfirst.org mc.eu.org md.ci media.museum
medical.museum medizinhistorisches.museum meeres.museum mein-vigor.de memorial.museum mesaverde.museum michigan.museum
midatlantic.museum mil.ge military.museum mill.museum miners.museum mining.museum minnesota.museum missile.museum
missoula.museum mobi.na mobi.tt modern.museum moma.museum money.museum monmouth.museum monticello.museum
montreal.museum moscow.museum mosvik.no motorcycle.museum mozilla-iot.org muenchen.museum muenster.museum
mulhouse.museum muncie.museum museet.museum museum.mw museum.tt museumcenter.museum museumvereniging.museum
music.museum mx.na my-vigor.de my-wan.de mycd.eu mydrobo.com myravendb.com n4t.co name.cy name.jo name.na
national.museum nationalfirearms.museum nationalheritage.museum nativeamerican.museum naturalhistory.museum
naturalhistorymuseum.museum naturalsciences.museum nature.museum naturhistorisches.museum natuurwetenschappen.museum
naumburg.museum naval.museum ne.pw nebraska.museum net.is netlify.com neues.museum newhampshire.museum
newjersey.museum newmexico.museum newport.museum newspaper.museum newyork.museum nid.io niepce.museum no.com nodum.co
nodum.io nom.ad nom.ae nom.af nom.ai nom.al nom.cl nom.gd nom.ge nom.gl nom.gt nom.hn nom.im nom.ke nom.li nom.mk
nom.nu nom.pw nom.qa nom.re nom.rs nom.si nom.st nom.tj nom.ug nom.uy nom.vc nom.vg norfolk.museum north.museum
now-dns.top nrw.museum nuernberg.museum nuremberg.museum nyc.museum nym.by nym.bz nym.gr nym.gy nym.ie nym.kz nym.la
nym.lc nym.li nym.lt nym.lu nym.me nym.mn nym.mx nym.nz nym.pe nym.pt nym.ro nym.sk nym.su nym.sx nym.tw nyny.museum
oceanographic.museum oceanographique.museum omaha.museum online.museum ontario.museum openair.museum or.na or.pw
oregon.museum oregontrail.museum org.is otago.museum oxford.museum pacific.museum paderborn.museum pagefrontapp.com
palace.museum paleo.museum palmsprings.museum panama.museum paris.eu.org paris.museum parliament.cy pasadena.museum
pcloud.host per.sg perso.sn pharmacy.museum philadelphia.museum philadelphiaarea.museum philately.museum
phoenix.museum photography.museum pilots.museum pittsburgh.museum planetarium.museum plantation.museum plants.museum
plaza.museum portal.museum portland.museum portlligat.museum posts-and-telecommunications.museum preservation.museum
presidio.museum press.museum presse.ci presse.fr pro.na project.museum protonet.io ptplus.fit public.museum
publishproxy.com pubol.museum q-a.eu.org qc.com quebec.museum railroad.museum railway.museum ravendb.me rec.co
research.museum resistance.museum riodejaneiro.museum rnrt.tn rns.tn rnu.tn ro.im rochester.museum rockart.museum
roma.museum router.management russia.museum saintlouis.museum salem.museum salvadordali.museum salzburg.museum
sandiego.museum sanfrancisco.museum santabarbara.museum santacruz.museum santafe.museum saskatchewan.museum
satx.museum savannahga.museum schlesisches.museum schoenbrunn.museum schokoladen.museum school.museum school.na
schweiz.museum science-fiction.museum science.museum scienceandhistory.museum scienceandindustry.museum
sciencecenter.museum sciencecenters.museum sciencehistory.museum sciences.museum sciencesnaturelles.museum
scotland.museum seaport.museum settlement.museum settlers.museum shell.museum sherbrooke.museum shiftedit.io
sibenik.museum silk.museum sites.static.land ski.museum skole.museum society.museum sologne.museum
soundandvision.museum southcarolina.museum southwest.museum space.museum spacekit.io spy.museum square.museum
stackspace.space stadt.museum stalbans.museum starnberg.museum state.museum stateofdelaware.museum static.land
station.museum steam.museum steiermark.museum stjohn.museum stockholm.museum storj.farm stpetersburg.museum
stuttgart.museum suisse.museum surgeonshall.museum surrey.museum svizzera.museum sweden.museum sydney.museum
syno-ds.de synology-diskstation.de synology-ds.de t3l3p0rt.net tank.museum tcm.museum technology.museum tele.amune.org
telekommunikation.museum television.museum test.ru texas.museum textile.museum theater.museum time.museum
timekeeping.museum tm.mg topology.museum torino.museum touch.museum town.museum transport.museum travel.tt tree.museum
trentinosudtirol.it trolley.museum trust.museum trustee.museum turen.tn tv.na u2-local.xnbay.com u2.xnbay.com
uhren.museum uklugs.org ulm.museum undersea.museum university.museum us.na usa.museum usantiques.museum usarts.museum
uscountryestate.museum usculture.museum usdecorativearts.museum usgarden.museum ushistory.museum ushuaia.museum
uslivinghistory.museum utah.museum uvic.museum uy.com valdaosta.it valley.museum vantaa.museum versailles.museum
viking.museum village.museum virginia.museum virtual.museum virtueeldomein.nl virtuel.museum vlaanderen.museum
volkenkunde.museum wales.museum wallonie.museum war.museum washingtondc.museum watch-and-clock.museum
watchandclock.museum web.co wedeploy.io wedeploy.me wedeploy.sh wellbeingzone.co.uk wellbeingzone.eu western.museum
westfalen.museum whaling.museum wildlife.museum williamsburg.museum windmill.museum workshop.museum ws.na
xenapponazure.com xn--9dbhblg6di.museum xn--bjarky-fya.no xn--comunicaes-v6a2o.museum
xn--correios-e-telecomunicaes-ghc29a.museum xn--czrw28b.tw xn--h1aegh.museum xn--lns-qla.museum xn--uc0atv.tw
xn--zf0ao64a.tw xnbay.com ybo.faith ybo.party ybo.review ybo.science ybo.trade yombo.me york.museum yorkshire.museum
yosemite.museum youth.museum zapto.xyz zoological.museum zoology.museum`.split(/\s+/),
)

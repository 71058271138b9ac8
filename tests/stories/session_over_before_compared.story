# A session whose hour is over before both sides were compared is followed by another, also where nothing else waits.
nodes helmo.be uhasselt.be
settle
uhasselt.be backs up
helmo.be nominates A to uhasselt.be
settle
uhasselt.be restores
drop every range from uhasselt.be to helmo.be
run 1m
helmo.be clock +2h
heal
settle
run 1m
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.060  helmo.be      . session to node.uhasselt.be opened
     0.065  uhasselt.be   . session from node.helmo.be is live
    60.045  helmo.be      . session to node.uhasselt.be opened
    60.050  uhasselt.be   . session from node.helmo.be is live
    60.065  helmo.be      ! uhasselt.be lost 1 records that it had receipted: sent again, as it signed for
    60.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    60.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known

# A catalogue of strangers, and one that too few have signed, change nothing.
nodes helmo.be uhasselt.be
settle
catalogue theirs is forged
catalogue hasty is issued by too few
helmo.be reads catalogue theirs
uhasselt.be reads catalogue hasty
helmo.be nominates A to uhasselt.be
settle
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > catalogue theirs: too few of the root's keys signed the catalogue
     0.025  uhasselt.be   > catalogue hasty: too few of the root's keys signed the catalogue
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known

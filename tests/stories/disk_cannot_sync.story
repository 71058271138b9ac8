# What could not be synced was not kept, whatever the files show: no receipt was given for it.
stores on disk
nodes helmo.be uhasselt.be
settle
uhasselt.be disk breaks at every sync
helmo.be nominates A to uhasselt.be
run 5s
expect outbox 1 at helmo.be
uhasselt.be loses power and all that was not synced
uhasselt.be disk is mended
uhasselt.be starts
settle within 2m
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
     0.030  uhasselt.be   ! the disk did not take what was written to the database
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     5.035  uhasselt.be   . session to node.helmo.be opened
     5.040  helmo.be      . session from node.uhasselt.be is live
     5.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
     5.050  helmo.be      . session to node.uhasselt.be opened
     5.055  uhasselt.be   . session from node.helmo.be is live
     5.075  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     5.080  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known

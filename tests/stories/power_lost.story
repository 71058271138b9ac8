# What was acknowledged is on the disk before anybody hears of it: both machines lose power at any
# moment, and nothing is missing.
stores on disk
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
run 12ms
uhasselt.be loses power
helmo.be nominates B to uhasselt.be
helmo.be loses power
run 1s
helmo.be starts
uhasselt.be starts
settle
expect A pending at both
expect B pending at both
uhasselt.be accepts A
settle
uhasselt.be loses power
uhasselt.be starts
settle
expect A accepted at both
expect invariants
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
     0.037  helmo.be      > B: kept
     1.047  helmo.be      . session to node.uhasselt.be opened
     1.047  uhasselt.be   . session to node.helmo.be opened
     1.052  uhasselt.be   . session from node.helmo.be is live
     1.052  helmo.be      . session from node.uhasselt.be is live
     1.057  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.067  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.072  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.077  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.077  uhasselt.be   > A: kept
     1.082  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     1.087  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     1.097  uhasselt.be   . session to node.helmo.be opened
     1.102  helmo.be      . session from node.uhasselt.be is live
     1.107  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.112  helmo.be      . session to node.uhasselt.be opened
     1.117  uhasselt.be   . session from node.helmo.be is live

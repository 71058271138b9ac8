# Power goes in the middle of an exchange, and nothing stays of what was not synced: what was receipted
# is on the platter, and what was answered to a user is.
stores on disk
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S10 to uhasselt.be
run 7ms
uhasselt.be loses power and all that was not synced
uhasselt.be starts
helmo.be nominates A to uhasselt.be
helmo.be loses power and all that was not synced
helmo.be starts
settle within 2m
expect S1..S10 pending at both
expect A pending at both
expect order at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (10 times)
     0.032  helmo.be      > A: kept
     0.042  uhasselt.be   . session to node.helmo.be opened
     0.042  helmo.be      . session to node.uhasselt.be opened
     0.047  helmo.be      . session from node.uhasselt.be is live
     0.047  uhasselt.be   . session from node.helmo.be is live
     0.052  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.062  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.067  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (10 times)
     0.067  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.072  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.072  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known

# The sender dies around a commit: what it answered is kept, what it did not answer is not there.
nodes helmo.be uhasselt.be
settle
helmo.be dies before committing submission
helmo.be nominates A to uhasselt.be
helmo.be starts
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be dies after committing submission
helmo.be amends A email
helmo.be starts
settle
expect A revision 1 at uhasselt.be
helmo.be dies before committing receipt
helmo.be amends A email
run 1s
helmo.be starts
settle
helmo.be dies after committing receipt
helmo.be amends A email
run 1s
helmo.be starts
settle
expect A revision 3 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: no answer
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  helmo.be      > A: no answer
     0.085  helmo.be      . session to node.uhasselt.be opened
     0.090  uhasselt.be   . session from node.helmo.be is live
     0.100  uhasselt.be   . session to node.helmo.be opened
     0.105  helmo.be      . session from node.uhasselt.be is live
     0.105  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.110  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.115  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.115  helmo.be      > A: kept
     0.120  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.125  helmo.be      . session to node.uhasselt.be opened
     1.130  uhasselt.be   . session from node.helmo.be is live
     1.135  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.140  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     1.140  uhasselt.be   . session to node.helmo.be opened
     1.145  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.145  helmo.be      . session from node.uhasselt.be is live
     1.155  helmo.be      > A: kept
     1.160  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.165  helmo.be      . session to node.uhasselt.be opened
     2.170  uhasselt.be   . session from node.helmo.be is live
     2.175  helmo.be        uhasselt.be: write guard lifted, both hold the same
     2.180  uhasselt.be   . session to node.helmo.be opened
     2.185  helmo.be      . session from node.uhasselt.be is live

# Two institutions on one node: what one says the other has in the same commit, sealed, judged and
# receipted as between nodes. A rule that is broken is answered by a refusal, also within that commit.
itg.be lodges at uhasselt.be
nodes uhasselt.be itg.be helmo.be
uhasselt.be nominates A1..A3 to itg.be
expect A1..A3 pending at both
itg.be nominates B to uhasselt.be
itg.be accepts A1..A2
itg.be refuses A3
uhasselt.be amends A1 email
itg.be issues A1
uhasselt.be withdraws A2
expect A1 transcript at both
expect A2 withdrawn at both
expect A3 refused at both
expect B pending at both
expect outbox 0 at uhasselt.be
expect frames_out 1 at uhasselt.be
# with others the same node goes the way of the network, for both
settle
helmo.be nominates C1 to itg.be
helmo.be nominates C2 to uhasselt.be
settle within 1s
itg.be accepts C1
settle within 1s
expect C1 accepted at both
expect C2 pending at both
# a new process takes up what lies there, and finds nothing more to do
uhasselt.be nominates D to itg.be
uhasselt.be crafts D contradicting
settle
expect D pending at both
expect D revision 0 at itg.be
expect records_refused 1 at itg.be
itg.be stops
itg.be starts
settle
expect receipts_given 0 at itg.be
expect same
--
     0.000  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.000  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.000  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.000  uhasselt.be   > A1..A3: 3 kept, 0 wait for the guard
     0.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.000  itg.be        > B: kept
     0.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.000  itg.be        > A1..A2: 2 kept, 0 wait for the guard
     0.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.000  itg.be        > A3: kept
     0.000  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.000  uhasselt.be   > A1: kept
     0.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.000  itg.be        > A1: kept
     0.000  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.000  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.000  uhasselt.be   > A2: kept
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        itg.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > C1: kept
     0.025  helmo.be      > C2: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.035  helmo.be      . receipt from itg.be: 1 delivered, 0 known
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  itg.be        > C1: kept
     0.040  helmo.be      . records from itg.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.045  uhasselt.be   > D: kept
     0.045  uhasselt.be     uhasselt.be D: amendment refused: the body says something else than its claim (record.claim)
     0.045  uhasselt.be   . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from itg.be: 1 delivered, 0 known
     0.045  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  uhasselt.be   . session to node.helmo.be opened
     0.060  helmo.be      . session from node.uhasselt.be is live
     0.065  uhasselt.be     helmo.be: write guard lifted, both hold the same (2 times)
     0.070  helmo.be      . session to node.uhasselt.be opened
     0.075  uhasselt.be   . session from node.helmo.be is live
     0.095  uhasselt.be   . session to node.helmo.be opened
     0.100  helmo.be      . session from node.uhasselt.be is live
     0.105  uhasselt.be     helmo.be: write guard lifted, both hold the same (2 times)
     0.110  helmo.be      . session to node.uhasselt.be opened
     0.115  uhasselt.be   . session from node.helmo.be is live

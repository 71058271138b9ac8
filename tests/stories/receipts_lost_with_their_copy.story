# A copy from before a node could sign is put back after its receipts had gone out: it signs them again (found by seed 0x617ce399c9).
nodes uhasselt.be agh.edu.pl
at 10ms agh.edu.pl clock -2d
uhasselt.be nominates D13 to agh.edu.pl
at 100ms agh.edu.pl clock -1ms
agh.edu.pl backs up
agh.edu.pl restores
at 200ms agh.edu.pl restores
all heal
settle within 1m
expect invariants
--
     0.010  agh.edu.pl    . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.agh.edu.pl opened
     0.010  uhasselt.be   > D13: kept, waits for the guard
     0.010  agh.edu.pl    ! no key of agh.edu.pl is in force at this node's time: nothing is signed for it
     0.015  agh.edu.pl    . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.agh.edu.pl is live
     0.020  uhasselt.be     agh.edu.pl: write guard lifted, both hold the same
     0.020  agh.edu.pl      uhasselt.be: write guard lifted, both hold the same
     0.030  agh.edu.pl    . records from uhasselt.be: 1 new, 0 repeated
     0.110  agh.edu.pl    . session to node.uhasselt.be opened
     0.115  uhasselt.be   . session from node.agh.edu.pl is live
     0.120  agh.edu.pl      uhasselt.be: write guard lifted, both hold the same
     0.125  uhasselt.be   . session to node.agh.edu.pl opened
     0.130  agh.edu.pl    . session from node.uhasselt.be is live
     0.140  agh.edu.pl    . records from uhasselt.be: 0 new, 1 repeated
     0.145  uhasselt.be   . receipt from agh.edu.pl: 1 delivered, 0 known
     0.210  agh.edu.pl    . session to node.uhasselt.be opened
     0.215  uhasselt.be   . session from node.agh.edu.pl is live
     0.220  agh.edu.pl      uhasselt.be: write guard lifted, both hold the same
     0.225  uhasselt.be   . session to node.agh.edu.pl opened
     0.230  agh.edu.pl    . session from node.uhasselt.be is live
     0.235  uhasselt.be   . receipt from agh.edu.pl: 0 delivered, 1 known

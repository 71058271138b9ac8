# Whatever sectors stay of what was not synced: each time the store opens, and holds what it said.
stores on disk
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S3 to uhasselt.be
run 6ms
uhasselt.be loses power
uhasselt.be starts
run 30ms
helmo.be loses power
helmo.be starts
run 40ms
uhasselt.be loses power
uhasselt.be starts
run 1s
helmo.be loses power
uhasselt.be loses power
all start
settle within 2m
expect S1..S3 pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S3: 3 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
     0.035  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     0.041  uhasselt.be   . session to node.helmo.be opened
     0.046  helmo.be      . session from node.uhasselt.be is live
     0.051  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.056  helmo.be      . session to node.uhasselt.be opened
     0.061  uhasselt.be   . session from node.helmo.be is live
     0.071  helmo.be      . session to node.uhasselt.be opened
     0.076  uhasselt.be   . session from node.helmo.be is live
     0.081  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.086  uhasselt.be   . session to node.helmo.be opened
     0.091  helmo.be      . session from node.uhasselt.be is live
     0.111  uhasselt.be   . session to node.helmo.be opened
     0.116  helmo.be      . session from node.uhasselt.be is live
     0.121  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.126  helmo.be      . session to node.uhasselt.be opened
     0.131  uhasselt.be   . session from node.helmo.be is live
     1.111  helmo.be      . session to node.uhasselt.be opened
     1.111  uhasselt.be   . session to node.helmo.be opened
     1.116  uhasselt.be   . session from node.helmo.be is live
     1.116  helmo.be      . session from node.uhasselt.be is live
     1.121  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.121  helmo.be        uhasselt.be: write guard lifted, both hold the same

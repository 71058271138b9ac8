# Six hundred own records were lost on a line that is not short: they come back in time.
nodes helmo.be uhasselt.be
network delay 30ms
settle
helmo.be backs up
helmo.be nominates S1..S600 to uhasselt.be
settle
helmo.be restores
settle within 30s
expect S1..S600 pending at both
expect same
--
     0.060  helmo.be      . session to node.uhasselt.be opened
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.090  helmo.be      . session from node.uhasselt.be is live
     0.090  uhasselt.be   . session from node.helmo.be is live
     0.120  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.120  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.150  helmo.be      > S1..S600: 600 kept, 0 wait for the guard
     0.180  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (512 times)
     0.181  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (88 times)
     0.210  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (8 times)
     0.211  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known
     0.211  helmo.be      . receipt from uhasselt.be: 24 delivered, 0 known
     0.271  helmo.be      . session to node.uhasselt.be opened
     0.301  uhasselt.be   . session from node.helmo.be is live
     0.361  uhasselt.be   . session to node.helmo.be opened
     0.391  helmo.be      . session from node.uhasselt.be is live
     0.511  helmo.be      ! uhasselt.be holds 600 records of ours that are not here: asked back
     0.541  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     1.051  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.081  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (575 times)
     1.082  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (25 times)
     1.111  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (5 times)
     1.111  helmo.be      . receipt from uhasselt.be: 24 delivered, 0 known
     1.111  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (4 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (4 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (14 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (6 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (12 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (9 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (9 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (8 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (10 times)
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 24 known
     1.111  helmo.be      . receipt from uhasselt.be: 0 delivered, 64 known (8 times)

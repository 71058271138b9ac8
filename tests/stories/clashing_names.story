# Three institutions draw the same dossier name; none of them touches another's.
nodes helmo.be uhasselt.be upjs.sk
settle
helmo.be nominates A to uhasselt.be
settle
upjs.sk opens B named as A to helmo.be
uhasselt.be opens C named as A to helmo.be
settle
uhasselt.be accepts A
helmo.be accepts B
settle
expect A accepted at both
expect B accepted at both
expect C pending at both
expect same
--
     0.010  uhasselt.be   . session to node.upjs.sk opened
     0.010  upjs.sk       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.upjs.sk opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  upjs.sk       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.upjs.sk is live
     0.015  uhasselt.be   . session from node.upjs.sk is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  upjs.sk       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  upjs.sk       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  upjs.sk         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     upjs.sk: write guard lifted, both hold the same
     0.020  helmo.be        upjs.sk: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  upjs.sk         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.045  uhasselt.be   . session to node.upjs.sk opened
     0.045  upjs.sk       . session to node.uhasselt.be opened
     0.045  upjs.sk       . session to node.helmo.be opened
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  helmo.be      . session from node.upjs.sk is live
     0.050  upjs.sk       . session from node.uhasselt.be is live
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.050  uhasselt.be   . session from node.upjs.sk is live
     0.055  upjs.sk         uhasselt.be: write guard lifted, both hold the same
     0.055  uhasselt.be     upjs.sk: write guard lifted, both hold the same
     0.060  helmo.be      . session to node.upjs.sk opened
     0.060  helmo.be      . session to node.uhasselt.be opened
     0.065  upjs.sk         helmo.be: write guard lifted, both hold the same
     0.065  upjs.sk       . session from node.helmo.be is live
     0.065  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.065  uhasselt.be   . session from node.helmo.be is live
     0.070  helmo.be      . records from upjs.sk: 1 new, 0 repeated
     0.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.075  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
     0.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.075  uhasselt.be   > A: kept
     0.075  helmo.be      > B: kept
     0.080  upjs.sk       . records from helmo.be: 1 new, 0 repeated
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known

# A build that read nothing.
# expect: Build <build> prov:used Violation

DELETE WHERE { <build> prov:used ?old }

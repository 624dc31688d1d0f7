from vanthu_tools.cli import main

main()

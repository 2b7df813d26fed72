System.Console.Error.WriteLine("Name a command; the simulator's commands follow.");
return 2;

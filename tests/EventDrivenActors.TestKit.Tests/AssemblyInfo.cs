// Actor systems and processes starve each other on few cores: this assembly runs serially.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestFramework("EventDrivenActors.TestKit.RepeatingTestFramework", "EventDrivenActors.TestKit")]

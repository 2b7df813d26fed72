using System.Reflection;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>
/// P13: every time that users set takes the same range and is checked where it is set. A new one fails here until it
/// is.
/// </summary>
public class TimeOptionTests
{
    private static readonly Assembly[] Packages =
    [
        typeof(Controller).Assembly,
        typeof(SubprocessOptions).Assembly,
        typeof(TestKit.ControllerTestKit).Assembly,
    ];

    private static readonly TimeSpan[] Right =
    [
        TimeSpan.FromTicks(1),
        TimeSpan.FromMilliseconds(0.5),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(3653),
        Timeout.InfiniteTimeSpan,
    ];

    private static readonly TimeSpan[] Wrong =
    [
        TimeSpan.FromTicks(-1),
        TimeSpan.FromMilliseconds(-2),
        TimeSpan.FromDays(-90),
        TimeSpan.FromDays(3653) + TimeSpan.FromTicks(1),
        TimeSpan.MaxValue,
        TimeSpan.MinValue,
    ];

    /// <summary>Where zero means "at once", and not "none".</summary>
    private static readonly string[] TakeZero = ["KillGrace", "MinDelay", "MaxDelay", "HealthyAfter"];

    /// <summary>
    /// Methods that take a time, and the class of tests that checks theirs, or null where that is this one.
    /// </summary>
    private static readonly (string Method, string? Test)[] Methods =
    [
        ("Pending.WaitAsync", "TimeOptionContract"),
        ("Pending`1.WaitAsync", "TimeOptionContract"),
        ("IController.ShutdownAsync", "TimeOptionContract"),
        ("ControllerBase.ShutdownAsync", "TimeOptionContract"),
        ("Controller.ShutdownAsync", "TimeOptionContract"),
        ("ControllerPool.ShutdownAsync", "TimeOptionContract"),
        ("TimerAdapter.SetTiming", "TimeOptionContract"),
        ("TimerAdapter..ctor", "TimeOptionContract"),
        ("TimerExtensions.AddTimer", "TimeOptionContract"),
        // These take any time.
        ("DueTimer.Set", "DueTimerTests"),
        ("DueTimer.DelayAsync", "DueTimerTests"),
        ("TimeOption.Require", null),
        ("TimeOption.RequireOrZero", null),
        ("TimeOption.IsTime", null),
        ("TimeOption.Limit", null),
        ("EventProbe.ExpectEventAsync", "EventProbeTests"),
        ("EventProbe.FishForEventAsync", "EventProbeTests"),
        // A clock is moved by any time, and its timers take what the framework's take.
        ("VirtualTime.Advance", "VirtualTimeTests"),
        ("VirtualTime.AdvanceAsync", "VirtualTimeTests"),
        ("VirtualTime.Jump", "TimerContract"),
        ("VirtualTime.CreateTimer", "VirtualTimeTests"),
    ];

    public static TheoryData<string, PropertyInfo> Options
    {
        get
        {
            TheoryData<string, PropertyInfo> options = [];
            foreach (
                PropertyInfo property in Packages
                    .SelectMany(package => package.GetExportedTypes())
                    .SelectMany(type =>
                        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    )
            )
            {
                if (IsTime(property.PropertyType) && property.SetMethod is { IsPublic: true })
                {
                    options.Add($"{property.DeclaringType!.Name}.{property.Name}", property);
                }
            }

            return options;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Option_OfATime_TakesTheRangeAndNothingElse(string name, PropertyInfo option)
    {
        object owner = Activator.CreateInstance(option.DeclaringType!, nonPublic: true)!;
        foreach (TimeSpan right in Right)
        {
            option.SetValue(owner, right);
            Assert.Equal(right, option.GetValue(owner));
        }

        foreach (TimeSpan wrong in TakeZero.Contains(option.Name) ? Wrong : [.. Wrong, TimeSpan.Zero])
        {
            object? before = option.GetValue(owner);
            Exception? refused = Assert
                .Throws<TargetInvocationException>(() => option.SetValue(owner, wrong))
                .InnerException;
            string message = Assert.IsType<ArgumentOutOfRangeException>(refused).Message;
            Assert.Contains($"'{wrong}'", message);
            Assert.Contains(option.Name, message);
            Assert.Contains("100 ns to 10 years", message);
            Assert.Equal(before, option.GetValue(owner));
        }

        Assert.True(name.Length > 0);
    }

    [Fact]
    public void Method_ThatTakesATime_IsInTheList() =>
        Findings.None(
            from type in Packages.SelectMany(package => package.GetExportedTypes())
            from method in type.GetMembers(
                    BindingFlags.Public
                        | BindingFlags.NonPublic
                        | BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.DeclaredOnly
                )
                .OfType<MethodBase>()
            where
                (method.IsPublic || method.IsFamily)
                && !(method.IsSpecialName && !method.IsConstructor)
                && method.GetParameters().Any(parameter => IsTime(parameter.ParameterType))
            let name = $"{type.Name}.{method.Name}"
            where !Methods.Any(listed => listed.Method == name)
            select $"{name} takes a time; let it take what TimeOption.Require does, test that, and add it to the list "
                + $"of {nameof(TimeOptionTests)}."
        );

    [Fact]
    public void Method_InTheList_IsOneThatItsTestsCall()
    {
        string[] methods =
        [
            .. Packages
                .SelectMany(package => package.GetExportedTypes())
                .SelectMany(type =>
                    type.GetMembers().OfType<MethodBase>().Select(method => $"{type.Name}.{method.Name}")
                ),
        ];
        Dictionary<string, string> tests = Repository
            .Files("tests", "*.cs")
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText)
            .ToDictionary(one => one.Key, one => string.Concat(one));
        Findings.None(
            from listed in Methods
            let call = listed.Method.EndsWith("..ctor", StringComparison.Ordinal)
                ? $"new {listed.Method[..^"..ctor".Length]}("
                : listed.Method[listed.Method.LastIndexOf('.')..] + "("
            let calls = tests.GetValueOrDefault(listed.Test ?? nameof(TimeOptionTests))
            where
                !methods.Contains(listed.Method)
                || calls is null
                || (listed.Test is not null && !calls.Contains(call, StringComparison.Ordinal))
            select !methods.Contains(listed.Method) ? $"There is no {listed.Method}."
            : calls is null ? $"There are no {listed.Test}."
            : $"{listed.Test} do not call {call}…)."
        );
    }

    private static bool IsTime(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan);
}

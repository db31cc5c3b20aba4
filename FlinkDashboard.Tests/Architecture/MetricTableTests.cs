using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FlinkDashboard.Access;
using FlinkDashboard.Telemetry;
using FlinkDashboard.Tests.App;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Live;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.Architecture;

/// <summary>The table of metrics in docs/operations.md names every instrument, and no other.</summary>
public sealed partial class MetricTableTests
{
    [Fact]
    public void OperationsDocument_Names_EveryInstrument_AndNoOther()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        foreach (var lazy in (Type[])[typeof(AccessMeter), typeof(UiMeter)])
            app.Services.GetRequiredService(lazy);
        foreach (var holder in typeof(Program).Assembly.GetTypes().Where(t => !t.IsGenericType && t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(f => f.FieldType.IsAssignableTo(typeof(Instrument)))))
            RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        var own = app.Services.GetRequiredService<IMeterFactory>();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("FlinkDashboard.", StringComparison.Ordinal) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, own)))
                names.Add(new MetricNames(instrument).Name);
        };
        listener.Start();
        var told = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"))).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(names);
        Assert.Equal(names, told.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(flinkdashboard_\w+)`", RegexOptions.Multiline)]
    private static partial Regex Row();
}

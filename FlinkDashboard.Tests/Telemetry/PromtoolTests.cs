using System.Diagnostics;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using FlinkDashboard.Tests.App;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Telemetry;

/// <summary>Prometheus' own program judges what <c>/metrics</c> writes.</summary>
public sealed class PromtoolTests
{
    [PromtoolFact]
    public async Task Exposition_Satisfies_PromtoolCheckMetrics()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "busy"));
        var cache = app.Cache<Pod>();
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live && cache.Count > 0);
        var scrape = await Scrape.OfAsync(app);
        using var promtool = Process.Start(new ProcessStartInfo(PromtoolFactAttribute.Program, "check metrics") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(scrape.Text);
        promtool.StandardInput.Close();
        var (said, wrong) = (await promtool.StandardOutput.ReadToEndAsync(), await promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();
        Assert.True(promtool.ExitCode == 0, said + wrong);
    }

    private sealed class PromtoolFactAttribute : FactAttribute
    {
        public const string Program = "/usr/bin/promtool";

        public PromtoolFactAttribute() => Skip = File.Exists(Program) ? null : "promtool is not there: apt-get install prometheus.";
    }
}

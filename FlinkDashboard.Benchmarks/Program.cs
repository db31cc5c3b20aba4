namespace FlinkDashboard.Benchmarks;

/// <summary>Runs the benchmarks named on the command line, or a report: <c>memory</c>, <c>browser</c>, <c>job</c>, <c>metrics</c>, <c>logs</c>, <c>charts</c>.</summary>
public static class Program
{
    /// <summary>Reports print a table; everything else goes to BenchmarkDotNet's switcher.</summary>
    public static async Task Main(string[] args)
    {
        if (args is ["memory"])
            Console.WriteLine(MemoryReport.Write());
        else if (args is ["browser"])
            Console.WriteLine(await BrowserReport.WriteAsync());
        else if (args is ["job"])
            Console.WriteLine(await JobPageReport.WriteAsync());
        else if (args is ["metrics"])
            Console.WriteLine(await MetricsReport.WriteAsync());
        else if (args is ["logs"])
            Console.WriteLine(await LogFloodReport.WriteAsync());
        else if (args is ["charts"])
            Console.WriteLine(await ChartsReport.WriteAsync());
        else
            BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}

namespace FlinkDashboard.Benchmarks;

/// <summary>Runs the benchmarks named on the command line, or a report: <c>memory</c>.</summary>
public static class Program
{
    /// <summary>Reports print a table; everything else goes to BenchmarkDotNet's switcher.</summary>
    public static void Main(string[] args)
    {
        if (args is ["memory"])
            Console.WriteLine(MemoryReport.Write());
        else
            BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}

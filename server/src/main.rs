//! The one binary: `server serve` and the commands of an operator.

use clap::Parser;
use server::commands::Command;
use std::process::ExitCode;

/// «Отделение», the post office as an online public service
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

// A page is some thousand small allocations, made and freed by many threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // One TLS provider for the whole process, chosen before anything connects.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A panic's text may hold what a person typed: only its place is told.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    let arguments = Arguments::parse();
    // Before there are any other threads: the limits it sets itself count for the whole process.
    if matches!(arguments.command, Command::Inspect) {
        return server::uploads::child::run();
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return server::commands::failed(&error),
    };
    match runtime.block_on(arguments.command.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => server::commands::failed(&*error),
    }
}

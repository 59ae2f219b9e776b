import { createRoot } from 'react-dom/client';
import { createApp } from './app/app.ts';
import { Root } from './app/Root.tsx';
import { connectToService } from './rpc/connect.ts';
import { applyTokens } from './ui/applyTokens.ts';
import './ui/base.css';

applyTokens(document.documentElement, 'desk');
const root = document.getElementById('root');
if (root) createRoot(root).render(<Root app={createApp(connectToService())} />);
